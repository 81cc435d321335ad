package io.fmviz.runtime;

import ai.djl.engine.Engine;
import io.fmviz.base.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;

/** Loads the engine, once in a process: half a second, beside which other things can be done. */
public final class EngineLoader {
  private static final FutureTask<Engine> ENGINE = new FutureTask<>(EngineLoader::load);

  private EngineLoader() {}

  /** Begins to load the engine, for whoever needs it later, in the thread that is returned. */
  public static Thread ahead() {
    bindFileChannels();
    Thread loading = new Thread(ENGINE, "fmviz-load-engine");
    loading.start();
    return loading;
  }

  /**
   * While a library is being loaded, no native method can be bound in any other thread: the
   * linker's lock is taken. Those that reading a file needs are bound before.
   */
  private static void bindFileChannels() {
    Path file = Path.of(System.getProperty("java.home"), "release");
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(channel.size() - 1).read(ByteBuffer.allocate(1));
    } catch (IOException e) {
      // Then whoever reads a file waits until the engine is loaded.
    }
  }

  /** The engine, loaded now if nobody did before. */
  static Engine engine() {
    ENGINE.run();
    return Threads.result(ENGINE);
  }

  private static Engine load() {
    // DJL would look for a cloud machine's address and report its use; fmviz does not phone home.
    System.setProperty("OPT_OUT_TRACKING", "true");
    NativeSettings.apply();
    NativeSettings.useHugePages(2); // libtorch's tables of operators take 60 MB.
    return Engine.getEngine("PyTorch");
  }
}
