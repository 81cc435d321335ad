package io.fmviz.cli;

import io.fmviz.pipeline.Capture;
import io.fmviz.pipeline.CheckpointRequest;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.VisualizeRequest;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which pictures to make. */
final class VisualizeOptions {
  @Mixin private SamplesOption samples;
  @Mixin private ImageOptions images;
  @Mixin private LayersOption layers;

  @Option(
      names = "--capture",
      paramLabel = "SIDES",
      split = ",",
      defaultValue = "output",
      description = "What of each layer: ${COMPLETION-CANDIDATES}, or both with a comma between.")
  private List<Capture> captures;

  @Option(names = "--input", description = "Write the image itself too, as the network sees it.")
  private boolean input;

  @Option(
      names = "--format",
      paramLabel = "FORMATS",
      split = ",",
      defaultValue = "png",
      description =
          "${COMPLETION-CANDIDATES}, with commas between: pictures; the raw values for NumPy, one file for each layer; the same, one file for each image.")
  private List<MapsFormat> formats;

  @Option(names = "--nrow", paramLabel = "N", defaultValue = "8", description = "Maps in a row.")
  private int nrow;

  @Mixin private DrawingOptions drawing;
  @Mixin private NormalizeOption normalize;
  @Mixin private LabelOption label;

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

  VisualizeRequest request(CheckpointRequest checkpoint, DataRequest data, Compute compute) {
    return new VisualizeRequest(
        checkpoint,
        images.choice(samples.samples),
        layers.selection(),
        new LinkedHashSet<>(captures),
        new LinkedHashSet<>(formats),
        input,
        drawing.options(nrow, normalize.normalize, label.label),
        out,
        force,
        data,
        compute);
  }
}
