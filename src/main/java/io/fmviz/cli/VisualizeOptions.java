package io.fmviz.cli;

import io.fmviz.image.GridOptions;
import io.fmviz.pipeline.CheckpointRequest;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.VisualizeRequest;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which pictures to make. */
final class VisualizeOptions {
  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many test images.")
  private int samples;

  @Option(
      names = "--start",
      paramLabel = "N",
      defaultValue = "1",
      description = "The first test image, counted from 1.")
  private int start;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "save_image",
      description = "The folder for the pictures.")
  private Path out;

  @Option(
      names = "--force",
      description =
          "Write into a folder that holds other files; only those of the same name are replaced.")
  private boolean force;

  @Option(
      names = "--nrow",
      paramLabel = "N",
      defaultValue = "8",
      description = "Feature maps in a row.")
  private int nrow;

  @Option(
      names = "--padding",
      paramLabel = "N",
      defaultValue = "2",
      description = "Pixels between feature maps and around them.")
  private int padding;

  @Option(
      names = "--pad-value",
      paramLabel = "GREY",
      defaultValue = "0.5",
      description = "The grey of these, from 0 (black) to 1 (white).")
  private float padValue;

  VisualizeRequest request(CheckpointRequest checkpoint, DataRequest data, Compute compute) {
    return new VisualizeRequest(
        checkpoint,
        samples,
        start,
        out,
        force,
        new GridOptions(nrow, padding, padValue),
        data,
        compute);
  }
}
