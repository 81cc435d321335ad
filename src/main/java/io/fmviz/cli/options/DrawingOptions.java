package io.fmviz.cli.options;

import io.fmviz.cli.options.Heading.Under;
import io.fmviz.image.Colormap;
import io.fmviz.image.GridOptions;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import io.fmviz.pipeline.PictureChoice;
import io.fmviz.probe.MapChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How maps become a picture. */
@Under(Heading.DRAWING)
public final class DrawingOptions {
  @Option(
      names = "--padding",
      paramLabel = "N",
      defaultValue = "2",
      description = "Pixels between maps and around them (default: ${DEFAULT-VALUE}).")
  private int padding;

  @Option(
      names = "--pad-value",
      paramLabel = "GREY",
      defaultValue = "0.5",
      description =
          "The grey of that padding, from 0 (black) to 1 (white) (default: ${DEFAULT-VALUE}).")
  private float padValue;

  @Mixin private ColormapOption colormap;
  @Mixin private ScaleOption scale;

  /**
   * The options as a record, where the command has a default for each.
   *
   * @param nrow maps in a row
   * @param normalize which values become the ends of the colour map
   * @param label whether each map gets its channel's number
   */
  public PictureOptions options(int nrow, Normalize normalize, boolean label) {
    return new PictureOptions(
        new GridOptions(nrow, padding, padValue), normalize, colormap.colormap, scale.scale, label);
  }

  /** The same where what isn't told depends on the network; null stands for that. */
  public PictureChoice choice(Integer nrow, Normalize normalize, boolean label) {
    return new PictureChoice(
        nrow, padding, padValue, normalize, colormap.colormap, scale.scale, label);
  }

  /** In which colours maps are drawn. */
  public static final class ColormapOption {
    @Option(
        names = "--colormap",
        paramLabel = "NAME",
        description =
            "The colours: ${COMPLETION-CANDIDATES}; coolwarm is blue below zero and red above, equally far on both sides, and auto that where values are below zero, else magma from zero (default: ${DEFAULT-VALUE}).")
    private Colormap colormap;

    public Colormap colormap() {
      return colormap;
    }
  }

  /** How large pixels are drawn. */
  public static final class ScaleOption {
    @Option(
        names = "--scale",
        paramLabel = "N|auto",
        converter = AutoOr.class,
        completionCandidates = Words.Auto.class,
        description =
            "Draw every pixel as a square of N by N; auto, as large as small maps need to be seen (default: ${DEFAULT-VALUE}).")
    private Integer scale;

    /** The number; null where none is told. */
    public Integer number() {
      return scale == null || scale == GridOptions.AUTO ? null : scale;
    }
  }

  /** How many maps, or kernels, stand in a row. */
  public static final class RowOption {
    @Option(
        names = "--nrow",
        paramLabel = "N|auto",
        converter = AutoOr.class,
        completionCandidates = Words.Auto.class,
        description =
            "Maps in a row; auto, as many as make the picture nearly square (default: 8 for the classifier, auto for others).")
    private Integer nrow;

    /** The number; null where none is told. */
    public Integer nrow() {
      return nrow;
    }
  }

  /** Which maps of a layer are drawn. */
  public static final class MapsOption {
    @Option(
        names = "--maps",
        paramLabel = "N|LIST",
        description =
            "Draw only some maps of each layer: the first N, or those with these numbers, counted from 0, such as 0-7,12 (default: all).")
    private String maps;

    /** The choice; null if none is made. */
    public MapChoice choice() {
      return maps == null ? null : new MapChoice(maps);
    }
  }

  /** Which values become the ends of the colour map. */
  public static final class NormalizeOption {
    @Option(
        names = "--normalize",
        paramLabel = "HOW",
        description =
            "What the colours stretch over: none, from 0 to 1; map, from the smallest to the largest value of each map; layer, the same of the whole layer (default: ${DEFAULT-VALUE}).")
    private Normalize normalize;

    public Normalize normalize() {
      return normalize;
    }
  }

  /** Whether maps get numbers. */
  public static final class LabelOption {
    @Option(
        names = "--label",
        description = "Write each channel's number, counted from 0, into the gap above its map.")
    private boolean label;

    public boolean label() {
      return label;
    }
  }
}
