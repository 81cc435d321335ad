package io.fmviz.cli;

import io.fmviz.forward.LayerSelection;
import java.util.List;
import picocli.CommandLine.Option;

/** Which layers to look at. */
final class LayersOption {
  @Option(
      names = "--layers",
      paramLabel = "LAYERS",
      description =
          "Names, globs or types with commas between them: Conv2d_2,ReLU_*,MaxPool2d (default: the"
              + " layers that the command is about).")
  private List<String> layers;

  /**
   * The selection; null if none is asked for.
   *
   * @throws IllegalArgumentException if an entry is empty
   */
  LayerSelection selection() {
    return selection(layers);
  }

  /** The same for the lists that another option of this name was given. */
  static LayerSelection selection(List<String> layers) {
    try {
      return layers == null ? null : LayerSelection.of(layers);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--layers: " + e.getMessage(), e);
    }
  }
}
