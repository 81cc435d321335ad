package io.fmviz.dataset.photo;

import io.fmviz.base.Require;
import java.nio.file.Path;

/**
 * What a person said about how pictures are read; null where nothing.
 *
 * @param file a {@code preprocessor_config.json} of transformers or a {@code config.json} of timm
 */
public record ReadingChoice(
    Geometry geometry, Scaling scaling, ChannelOrder channelOrder, Layout layout, Path file) {
  /** Nothing was said. */
  public static final ReadingChoice NONE = new ReadingChoice(null, null, null, null, null);

  public ReadingChoice {
    geometry = geometry == null ? new Geometry(null, null, null, null) : geometry;
    scaling = scaling == null ? new Scaling(null, null, null) : scaling;
  }

  /**
   * How a picture is brought to size.
   *
   * @param cropPct which share of the scaled picture's side is cut out, above 0 up to 1
   */
  public record Geometry(Fit fit, Size inputSize, Double cropPct, Interpolation interpolation) {
    public Geometry {
      Require.that(
          cropPct == null || (cropPct >= 0.01 && cropPct <= 1),
          "cropPct",
          "must be from 0.01 to 1, not %s",
          cropPct);
    }
  }

  /**
   * How its bytes become numbers: {@code (byte * range / 255 - mean) / std}.
   *
   * @param range 1 or 255
   */
  public record Scaling(Double range, ChannelValues mean, ChannelValues std) {
    public Scaling {
      Require.that(
          range == null || range == 1 || range == 255, "range", "must be 1 or 255, not %s", range);
    }
  }
}
