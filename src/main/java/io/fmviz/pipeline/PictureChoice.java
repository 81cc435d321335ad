package io.fmviz.pipeline;

import io.fmviz.image.Colormap;
import io.fmviz.image.GridOptions;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;

/**
 * How pictures are to be drawn. What is null is as usual for the network whose maps they show.
 *
 * @param nrow maps in a row
 * @param padding as in {@link GridOptions}, like {@code padValue}
 * @param label as in {@link PictureOptions}
 */
public record PictureChoice(
    Integer nrow,
    int padding,
    float padValue,
    Normalize normalize,
    Colormap colormap,
    Integer scale,
    boolean label) {
  /**
   * What is usual.
   *
   * @param nrow maps in a row
   */
  public record Usual(int nrow, Normalize normalize, Colormap colormap, int scale) {}

  /** Checks all that is told. */
  public PictureChoice {
    pictures(nrow, padding, padValue, normalize, colormap, scale, label);
  }

  /** The pictures, with what is usual where nothing is told. */
  public PictureOptions with(Usual usual) {
    return pictures(
        nrow == null ? usual.nrow : nrow,
        padding,
        padValue,
        normalize == null ? usual.normalize : normalize,
        colormap == null ? usual.colormap : colormap,
        scale == null ? usual.scale : scale,
        label);
  }

  private static PictureOptions pictures(
      Integer nrow,
      int padding,
      float padValue,
      Normalize normalize,
      Colormap colormap,
      Integer scale,
      boolean label) {
    return new PictureOptions(
        new GridOptions(nrow == null ? GridOptions.AUTO : nrow, padding, padValue),
        normalize,
        colormap,
        scale == null ? PictureOptions.AUTO : scale,
        label);
  }
}
