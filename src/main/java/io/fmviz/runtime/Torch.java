package io.fmviz.runtime;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.Path;

/** The engine: its settings, its start, and the device to use. */
public final class Torch {
  private Torch() {}

  /**
   * Starts the engine, if it isn't, and sets how it runs the operations that the calling thread
   * asks for, as {@link #useThreads} does.
   *
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}, or the same with {@code
   *     cuda}
   * @return the device that was chosen
   * @throws UserException if the engine can't be started, or has no such device
   */
  public static Device start(String device, int threads) {
    Engine engine = engine();
    NativeSettings.useHugePages(1);
    useThreads(threads);
    return choose(device, engine);
  }

  /**
   * Sets how the engine runs the operations that the calling thread asks for: on how many threads,
   * and with nothing kept for gradients, except while a gradient collector is open. PyTorch holds
   * both for each thread, and keeps what gradients need unless told not to.
   */
  public static void useThreads(int threads) {
    JniUtils.setNumThreads(threads);
    JniUtils.setGradMode(false);
  }

  /** On how many threads the engine runs what the calling thread asks for. */
  public static int threads() {
    return JniUtils.getNumThreads();
  }

  /**
   * Gives the system back the memory that the engine keeps for arrays to come: to be called where
   * other threads go on with others, whose memory would come on top of it. Tens of milliseconds.
   */
  public static void releaseMemory() {
    NativeSettings.trim();
  }

  /** A device's name, as {@code {device}} takes it. */
  public static String name(Device device) {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
  }

  private static Engine engine() {
    try {
      return EngineLoader.engine();
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      Path cache = Utils.getEngineCacheDir();
      throw new UserException(
          "the PyTorch engine can't be started from its cache folder %s: %s; set DJL_CACHE_DIR to a folder that can be written"
              .formatted(cache, rootMessage(e)),
          e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root instanceof IOException io ? UserException.reason(io) : root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static Device choose(String name, Engine engine) {
    int gpus = engine.getGpuCount();
    if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    if (gpus == 0) {
      throw new InvalidValueException(
          Settings.named(
                  "{device} %s: PyTorch finds no CUDA device here; give {device} cpu, or see the README on CUDA")
              .formatted(name));
    }
    int colon = name.indexOf(':');
    int index = colon < 0 ? 0 : Integer.parseInt(name.substring(colon + 1));
    if (index >= gpus) {
      throw new InvalidValueException(
          Settings.named("{device} %s: there are %d CUDA devices, counted from gpu:0")
              .formatted(name, gpus));
    }
    return Device.gpu(index);
  }
}
