package io.fmviz.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.fuzz.HostileArchives;
import io.fmviz.fuzz.HostileFile;
import io.fmviz.fuzz.HostileIdx;
import io.fmviz.fuzz.HostileOnnx;
import io.fmviz.fuzz.HostileSafetensors;
import io.fmviz.fuzz.HostileTraining;
import io.fmviz.fuzz.Samples;
import io.fmviz.jar.PackagedJar.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of files that are not what they should be, in a process with little memory. */
class HostileFilesIT {
  private static final String IMAGES = "t10k-images-idx3-ubyte";
  private static final String LABELS = "t10k-labels-idx1-ubyte";
  private static final String CHECKPOINT = "epoch_0.safetensors";
  private static final String OPTIMIZER = "epoch_0.optimizer.safetensors";

  private static final Map<String, String> ENGINE = PackagedJar.checkedEngine();

  private static final String[] EVALUATE = {
    "evaluate", "--dataset=mnist", "--data=.", "--checkpoint=good.npz"
  };

  @TempDir private Path folder;

  /**
   * Hostile files of one format.
   *
   * @param file the name that they go by
   * @param beside the good files beside it
   * @param arguments a command line that reads it
   */
  private record Corpus(
      String format,
      List<HostileFile> files,
      String file,
      Map<String, byte[]> beside,
      String... arguments) {}

  private static List<Corpus> corpora() {
    byte[] checkpoint = Samples.bytes(Samples.checkpoint());
    byte[] images = HostileIdx.goodImages();
    byte[] labels = HostileIdx.goodLabels();
    // MNIST is there if all its files are; the training images are not read.
    Map<String, byte[]> good =
        Map.of(
            "train-images-idx3-ubyte",
            images,
            "train-labels-idx1-ubyte",
            labels,
            "good.npz",
            Samples.exported(".npz"));
    return List.of(
        new Corpus("IDX images", HostileIdx.images(), IMAGES, with(good, LABELS, labels), EVALUATE),
        new Corpus("IDX labels", HostileIdx.labels(), LABELS, with(good, IMAGES, images), EVALUATE),
        new Corpus(
            "gzipped IDX images",
            HostileIdx.gzippedImages(),
            IMAGES + ".gz",
            with(good, LABELS, labels),
            EVALUATE),
        summary("safetensors checkpoints", HostileSafetensors.files(), CHECKPOINT),
        summary("zip archives", HostileArchives.zips(), "model.pth"),
        summary("PyTorch state dicts", HostileArchives.pickles(), "model.pth"),
        summary("NumPy archives", HostileArchives.arrays(), "model.npz"),
        summary("ONNX models", HostileOnnx.files(), "model.onnx"),
        new Corpus(
            "optimizer files",
            HostileTraining.optimizerFiles(),
            OPTIMIZER,
            Map.of(CHECKPOINT, checkpoint),
            "train",
            "--resume",
            "--model-dir=."),
        new Corpus(
            "checkpoints to resume from",
            HostileTraining.checkpoints(),
            CHECKPOINT,
            Map.of(OPTIMIZER, Samples.optimizerFile()),
            "train",
            "--resume",
            "--model-dir=."));
  }

  private static Corpus summary(String format, List<HostileFile> files, String file) {
    return new Corpus(format, files, file, Map.of(), "summary", "--checkpoint=" + file);
  }

  private static Map<String, byte[]> with(Map<String, byte[]> files, String name, byte[] content) {
    Map<String, byte[]> more = new HashMap<>(files);
    more.put(name, content);
    return more;
  }

  @Test
  void refusesEachInOneLineThatNamesIt() throws Exception {
    List<Callable<String>> runs = new ArrayList<>();
    for (Corpus corpus : corpora()) {
      for (HostileFile hostile : corpus.files()) {
        Path home = folder.resolve(String.valueOf(runs.size()));
        runs.add(() -> run(home, corpus, hostile));
      }
      System.out.printf("%s: %d hostile files%n", corpus.format(), corpus.files().size());
    }
    assertThat(runs).hasSizeGreaterThanOrEqualTo(200);
    List<String> failures = new ArrayList<>();
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      for (Future<String> failure : two.invokeAll(runs)) {
        if (failure.get() != null) {
          failures.add(failure.get());
        }
      }
    } finally {
      two.shutdownNow();
    }
    System.out.printf(
        "%d hostile files: %d refused as they should be%n",
        runs.size(), runs.size() - failures.size());
    assertThat(failures).isEmpty();
  }

  /** What is wrong with the answer to a hostile file; null if nothing is. */
  private static String run(Path home, Corpus corpus, HostileFile hostile) throws Exception {
    Files.createDirectory(home);
    for (var good : corpus.beside().entrySet()) {
      Files.write(home.resolve(good.getKey()), good.getValue());
    }
    Files.write(home.resolve(corpus.file()), hostile.content());
    List<String> command =
        PackagedJar.command(
            PackagedJar.JAVA, PackagedJar.FILE.toAbsolutePath(), corpus.arguments());
    command.add(1, "-Xmx64m");
    command.addAll(1, PackagedJar.QUICK);
    Run run = PackagedJar.run(home, ENGINE, command);
    boolean refused =
        run.exit() == 1
            && run.out().isEmpty()
            && run.err().matches("fmviz: \\P{Cc}{1,4000}\\R")
            && run.err().contains(corpus.file())
            && !run.err().matches("fmviz: (unexpected|out of memory)(?s:.*)");
    return refused ? null : "%s, %s: %s".formatted(corpus.format(), hostile.what(), run);
  }
}
