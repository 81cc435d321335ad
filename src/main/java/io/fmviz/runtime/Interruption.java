package io.fmviz.runtime;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.fmviz.base.ShutdownHooks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C, and its kin, while an engine works. The JVM would close ONNX Runtime's environment and
 * have the C library destroy what the engines hold while other threads are in them: they crash. So
 * what is ours is cleared away, and the process ends there and then.
 */
public final class Interruption {
  /** A shell's exit code for a signal, less the signal. */
  private static final int BY_SIGNAL = 128;

  /** The C library's; null as long as no engine is there. */
  private static volatile Function exit;

  private Interruption() {}

  /** Heeds the signals that end a process; one that it was started to ignore stays ignored. */
  public static void heed() {
    for (String signal : new String[] {"INT", "TERM", "HUP"}) {
      try {
        heed(signal);
      } catch (ReflectiveOperationException e) {
        // A system without it, or a JVM that was told to leave signals alone: -Xrs.
      }
    }
  }

  /** By reflection: the compiler can't be told that this class is meant. */
  private static void heed(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    int number;
    Object made;
    try {
      made = signal.getConstructor(String.class).newInstance(name);
      number = (Integer) signal.getMethod("getNumber").invoke(made);
    } catch (InvocationTargetException e) {
      return;
    }
    Object ending =
        Proxy.newProxyInstance(
            Interruption.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              end(BY_SIGNAL + number);
              return null;
            });
    signal.getMethod("handle", signal, handler).invoke(null, made, ending);
  }

  /**
   * To be called before an engine is loaded: while a library is, no function can be looked up.
   * Nothing where JNA can't be used, or the C library is another than is known.
   */
  public static void arm() {
    if (exit == null && (Platform.isLinux() || Platform.isMac())) {
      try {
        exit = NativeLibrary.getProcess().getFunction("_exit");
      } catch (LinkageError e) {
        // The JVM ends the process, as well as it can.
      }
    }
  }

  private static void end(int code) {
    Function now = exit;
    if (now == null) {
      Runtime.getRuntime().exit(code);
      return;
    }
    ShutdownHooks.run();
    now.invokeVoid(new Object[] {code});
  }
}
