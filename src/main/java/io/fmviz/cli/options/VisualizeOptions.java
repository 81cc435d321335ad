package io.fmviz.cli.options;

import io.fmviz.cli.options.DrawingOptions.LabelOption;
import io.fmviz.cli.options.DrawingOptions.MapsOption;
import io.fmviz.cli.options.DrawingOptions.NormalizeOption;
import io.fmviz.cli.options.DrawingOptions.RowOption;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.cli.options.OutputOptions.FormatOption;
import io.fmviz.cli.options.OutputOptions.HtmlOption;
import io.fmviz.network.Compute;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.PicturesRequest;
import io.fmviz.pipeline.Setup;
import io.fmviz.pipeline.visualize.VisualizeRequest;
import io.fmviz.pipeline.visualize.VisualizeRequest.Capture;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which pictures to make. */
public final class VisualizeOptions {
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
          "What to show of each layer: ${COMPLETION-CANDIDATES}, or both, separated by a comma"
              + " (default: ${DEFAULT-VALUE}).")
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

  /** Whether the image itself is drawn too, of a network that has no other inputs. */
  public static final class InputOption {
    @Option(names = "--input", description = "Also write the image itself, as the network sees it.")
    @Under(Heading.OUTPUT)
    private boolean input;

    public boolean isDrawn() {
      return input;
    }
  }

  /** Pictures that take the place of a dataset's images; null for none. */
  public PicturesRequest pictures() {
    return pictures.request();
  }

  /**
   * The options as a record.
   *
   * @param input whether the image itself is drawn too
   */
  public VisualizeRequest request(
      NetworkRequest network, DataRequest data, Compute compute, boolean input) {
    return new VisualizeRequest(
        new Setup(network, data, output.request(page.html()), compute),
        images.choice(),
        layers.selection(),
        maps.choice(),
        new LinkedHashSet<>(captures),
        format.formats(),
        input,
        drawing.choice(row.nrow(), normalize.normalize(), label.label()));
  }
}
