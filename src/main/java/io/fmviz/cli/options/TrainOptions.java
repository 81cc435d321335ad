package io.fmviz.cli.options;

import io.fmviz.cli.options.ComputeOptions.TestBatchOption;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.cli.options.NetworkOptions.BaseChannelsOption;
import io.fmviz.network.Compute;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.train.TrainRequest;
import io.fmviz.training.TrainingConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How to train. */
@Under(Heading.TRAINING)
public final class TrainOptions {
  @Mixin private BaseChannelsOption base;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Passes over the training images (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      defaultValue = "0.001",
      description = "Adam's learning rate (default: ${DEFAULT-VALUE}).")
  private float learningRate;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Images in one training step (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the weights and of the images' order (default: random, and printed).")
  private Long seed;

  @Option(
      names = "--limit-train",
      paramLabel = "N",
      description = "Train with only the first N images (default: all).")
  @Under(Heading.IMAGES)
  private Integer limitTrain;

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "Test with only the first N images (default: all).")
  @Under(Heading.IMAGES)
  private Integer limitTest;

  @Mixin private TestBatchOption test;

  @Option(
      names = "--resume",
      description =
          "Go on after the newest checkpoint of the model folder, up to --epochs in all, with the"
              + " settings and the device recorded there; --device takes another.")
  private boolean resume;

  @Option(
      names = "--keep-optimizer",
      description = "Keep every epoch's optimizer file, not the newest only.")
  private boolean keepOptimizer;

  public TrainRequest request(
      CommandSpec spec, DataRequest data, Compute compute, Path modelFolder) {
    Set<String> given =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .map(option -> SettingNames.value(option.longestName()))
            .collect(Collectors.toSet());
    long chosen = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
    return new TrainRequest(
        new TrainingConfig(epochs, learningRate, batchSize, test.batchSize(), chosen),
        new TrainRequest.Learning(data, limitTrain, limitTest),
        base.widths(),
        compute,
        modelFolder,
        new TrainRequest.Keeping(resume, keepOptimizer, given));
  }
}
