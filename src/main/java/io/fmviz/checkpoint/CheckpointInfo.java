package io.fmviz.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a checkpoint says of itself: enough to use it and to know where it came from. Nothing in it
 * depends on the time, or on more of the machine than a training's bytes do.
 *
 * @param epoch counted from 0
 * @param learnedFrom the images
 * @param settings how it was trained
 * @param meanLoss the mean cross-entropy of the epoch's training images, in nats
 * @param testAccuracy the share of the test images that were right, from 0 to 1
 * @param fmvizVersion of the program that wrote it
 */
public record CheckpointInfo(
    int epoch,
    LearnedFrom learnedFrom,
    Settings settings,
    double meanLoss,
    double testAccuracy,
    String fmvizVersion) {
  /**
   * The images of a training.
   *
   * @param dataset the dataset's name, {@code mnist}
   * @param isFallback whether that dataset stood in for MNIST, which could not be had
   * @param trainImages how many it learned from in each epoch
   * @param testImages how many it was tested with
   */
  public record LearnedFrom(String dataset, boolean isFallback, int trainImages, int testImages) {}

  /**
   * The settings of a training.
   *
   * @param seed of the weights and of the order of the images
   * @param learningRate of Adam
   * @param batchSize images in one training step
   * @param testBatchSize images in one forward pass of the test
   * @param threads of the engine; the bytes of a checkpoint depend on them
   * @param device {@code cpu} or {@code gpu:0}; the bytes depend on it too
   */
  public record Settings(
      long seed,
      float learningRate,
      int batchSize,
      int testBatchSize,
      int threads,
      String device) {}

  private static final String FORMAT_VERSION = "1";

  /** Under which the metadata names the topology. */
  public static final String ARCHITECTURE = "architecture";

  /** The metadata of any file that fmviz writes of a network of this topology and these widths. */
  public static Map<String, String> metadata(
      String fmvizVersion, String architecture, String widths) {
    Map<String, String> m = new LinkedHashMap<>();
    m.put("format", "pt"); // what Hugging Face's own loader looks for
    m.put("fmviz.format_version", FORMAT_VERSION);
    m.put("fmviz.version", fmvizVersion);
    m.put(ARCHITECTURE, architecture);
    m.put("widths", widths);
    return m;
  }

  /** Metadata without what is true of the form of fmviz's own files alone. */
  public static Map<String, String> ofAnyForm(Map<String, String> metadata) {
    Map<String, String> m = new LinkedHashMap<>(metadata);
    m.keySet().removeAll(Set.of("format", "fmviz.format_version", TensorsChecksum.NAME));
    return m;
  }

  /** The metadata of the file that training writes. */
  public Map<String, String> toMetadata(String architecture, String widths) {
    Map<String, String> m = metadata(fmvizVersion, architecture, widths);
    m.put("epoch", String.valueOf(epoch));
    m.put("dataset", learnedFrom.dataset());
    m.put("dataset_fallback", String.valueOf(learnedFrom.isFallback()));
    m.put("train_images", String.valueOf(learnedFrom.trainImages()));
    m.put("test_images", String.valueOf(learnedFrom.testImages()));
    m.put("seed", String.valueOf(settings.seed()));
    m.put("learning_rate", String.valueOf(settings.learningRate()));
    m.put("batch_size", String.valueOf(settings.batchSize()));
    m.put("test_batch_size", String.valueOf(settings.testBatchSize()));
    m.put("threads", String.valueOf(settings.threads()));
    m.put("device", settings.device());
    m.put("mean_loss", String.valueOf(meanLoss));
    m.put("test_accuracy", String.valueOf(testAccuracy));
    return m;
  }
}
