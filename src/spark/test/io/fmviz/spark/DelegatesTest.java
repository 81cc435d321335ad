package io.fmviz.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.network.Network;
import io.fmviz.network.Session;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands before a network or session passes everything on, what has a default too. */
class DelegatesTest {
  @Test
  void passEveryMethodOn() {
    assertThat(missing(Network.class, LocatedNetwork.class)).isEmpty();
    assertThat(missing(Session.class, TaskSession.class)).isEmpty();
  }

  private static List<String> missing(Class<?> type, Class<?> delegate) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !declares(delegate, method))
        .map(Method::toString)
        .toList();
  }

  private static boolean declares(Class<?> delegate, Method wanted) {
    return Arrays.stream(delegate.getDeclaredMethods())
        .filter(method -> method.getName().equals(wanted.getName()))
        .anyMatch(method -> Arrays.equals(method.getParameterTypes(), wanted.getParameterTypes()));
  }
}
