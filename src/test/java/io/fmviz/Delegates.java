package io.fmviz;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/** What stands before another of its type must pass everything on, what has a default too. */
public final class Delegates {
  private Delegates() {}

  /** The methods of a type that a delegate inherits, {@code bytes(int)}. */
  public static List<String> inherited(Class<?> type, Class<?> delegate) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !declares(delegate, method))
        .map(Delegates::text)
        .sorted()
        .toList();
  }

  private static String text(Method method) {
    List<String> types =
        Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    return method.getName() + "(" + String.join(", ", types) + ")";
  }

  private static boolean declares(Class<?> delegate, Method wanted) {
    return Arrays.stream(delegate.getDeclaredMethods())
        .filter(method -> method.getName().equals(wanted.getName()))
        .anyMatch(method -> Arrays.equals(method.getParameterTypes(), wanted.getParameterTypes()));
  }
}
