package io.fmviz.cli;

import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.TrainRequest;
import io.fmviz.runtime.Compute;
import io.fmviz.training.TrainingConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** How to train. */
final class TrainOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Passes over the training images.")
  private int epochs;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      defaultValue = "0.001",
      description = "Adam's learning rate.")
  private float learningRate;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Images in one training step.")
  private int batchSize;

  @Option(
      names = "--test-batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images in one forward pass of the test.")
  private int testBatchSize;

  @Option(
      names = "--base-channels",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "Channels of the first convolution; the others have two and four times as many.")
  private int baseChannels;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the weights and the order of the images (default: random, and printed).")
  private Long seed;

  @Option(
      names = "--limit-train",
      paramLabel = "N",
      description = "Train with the first N images only (default: all).")
  private Integer limitTrain;

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "Test with the first N images only (default: all).")
  private Integer limitTest;

  @Option(
      names = "--resume",
      description =
          "Go on after the newest checkpoint of the model folder, up to --epochs in all, with the"
              + " settings recorded there.")
  private boolean resume;

  @Option(
      names = "--keep-optimizer",
      description = "Keep every epoch's optimizer file, not the newest only.")
  private boolean keepOptimizer;

  TrainRequest request(CommandSpec spec, DataRequest data, Compute compute, Path modelFolder) {
    Set<String> given =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .collect(Collectors.toSet());
    long chosen = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
    return new TrainRequest(
        new TrainingConfig(epochs, learningRate, batchSize, testBatchSize, chosen),
        baseChannels,
        data,
        compute,
        modelFolder,
        limitTrain,
        limitTest,
        resume,
        keepOptimizer,
        given);
  }
}
