package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.network.Compute;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.PicturesRequest;
import io.fmviz.pipeline.Setup;
import io.fmviz.pipeline.visualize.VisualizeRequest;
import io.fmviz.pipeline.visualize.VisualizeRequest.Capture;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which pictures to make. */
final class VisualizeOptions {
  @Mixin private SamplesOption samples;
  @Mixin private ImageOptions images;
  @Mixin private OwnImageOptions pictures;
  @Mixin private LayersOption layers;

  @Option(
      names = "--capture",
      paramLabel = "SIDES",
      split = ",",
      hideParamSyntax = true,
      defaultValue = "output",
      description =
          "What to show of each layer: ${COMPLETION-CANDIDATES}, or both, separated by a comma (default: ${DEFAULT-VALUE}).")
  @Under(Heading.LAYERS)
  private List<Capture> captures;

  @Mixin private RowOption row;
  @Mixin private MapsOption maps;

  @Mixin private DrawingOptions drawing;
  @Mixin private NormalizeOption normalize;
  @Mixin private LabelOption label;
  @Mixin private OutputOptions output;
  @Mixin private HtmlOption page;
  @Mixin private FormatOption format;

  @Option(names = "--input", description = "Also write the image itself, as the network sees it.")
  @Under(Heading.OUTPUT)
  private boolean input;

  /** Above the folders of other commands. */
  static final class Defaults extends OwnDefaults {
    Defaults() {
      super(Map.of("--out", "save_image"));
    }
  }

  /** Pictures that take the place of a dataset's images; null for none. */
  PicturesRequest pictures() {
    return pictures.request();
  }

  VisualizeRequest request(NetworkRequest network, DataRequest data, Compute compute) {
    return new VisualizeRequest(
        new Setup(network, data, output.request(page.html()), compute),
        images.choice(samples.samples),
        layers.selection(),
        maps.choice(),
        new LinkedHashSet<>(captures),
        format.formats(),
        input,
        drawing.choice(row.nrow, normalize.normalize, label.label));
  }
}
