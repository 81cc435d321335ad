package io.fmviz.runtime;

import ai.djl.engine.Engine;
import io.fmviz.base.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Loads the engine, once in a process: half a second, beside which other things can be done.
 *
 * <p>A process that ends while it loads a library could crash, so that it waits until the engine is
 * there. What doesn't load libraries of the engine's, its classes and the C library's settings, is
 * begun {@link #ahead}; the rest once it is known that the engine is {@link #wanted}. A process
 * that ends before, because its options are wrong, waits for nothing.
 */
public final class EngineLoader {
  private static final FutureTask<Void> PREPARED = new FutureTask<>(EngineLoader::prepare, null);
  private static final CountDownLatch WANTED = new CountDownLatch(1);
  private static final FutureTask<Engine> ENGINE = new FutureTask<>(EngineLoader::load);
  private static volatile Thread loading;

  private EngineLoader() {}

  /** Begins to load the engine, for whoever needs it later. */
  public static void ahead() {
    TorchLibraries.ahead();
    Thread thread = new Thread(EngineLoader::work, "fmviz-load-engine");
    thread.setDaemon(true);
    thread.start();
    loading = thread;
  }

  private static void work() {
    PREPARED.run();
    Engine.hasEngine("PyTorch"); // Loads the classes that engines are found with.
    try {
      WANTED.await();
    } catch (InterruptedException e) {
      return; // Nobody does that.
    }
    ENGINE.run();
  }

  /** Says that the engine will be needed, if it was begun to be loaded. */
  public static void wanted() {
    if (loading != null) {
      bindFileChannels();
      WANTED.countDown();
    }
  }

  /** Waits until no library is being loaded, so that the process may end. */
  public static void rest() throws InterruptedException {
    if (loading == null) {
      return;
    }
    if (WANTED.getCount() == 0) {
      loading.join();
      return;
    }
    try {
      PREPARED.get();
    } catch (ExecutionException e) {
      // Nobody needs the engine any more.
    }
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
    WANTED.countDown();
    PREPARED.run();
    Threads.result(PREPARED);
    ENGINE.run();
    return Threads.result(ENGINE);
  }

  private static void prepare() {
    // DJL would look for a cloud machine's address and report its use; fmviz does not phone home.
    System.setProperty("OPT_OUT_TRACKING", "true");
    JnaLibrary.settle();
    TorchLibraries.settleDownloads();
    NativeSettings.apply();
    Interruption.arm();
  }

  private static Engine load() {
    Threads.result(PREPARED);
    TorchLibraries.settle();
    NativeSettings.useHugePages(2); // libtorch's tables of operators take 60 MB.
    return Engine.getEngine("PyTorch");
  }
}
