package io.fmviz.cli.options;

import io.fmviz.cli.options.Heading.Under;
import io.fmviz.probe.LayerSelection;
import java.util.List;
import picocli.CommandLine.Option;

/** Which layers to look at. */
@Under(Heading.LAYERS)
public final class LayersOption {
  @Option(
      names = "--layers",
      paramLabel = "LAYERS",
      description =
          "Names, types or paths of layers, or of modules that hold them, separated by commas; each may"
              + " be a glob: Conv2d_2,ReLU_*,net.3,net (default: all).")
  private List<String> layers;

  /**
   * The selection; null if none is asked for.
   *
   * @throws IllegalArgumentException if an entry is empty
   */
  public LayerSelection selection() {
    return layers == null ? null : LayerSelection.of(layers);
  }
}
