package io.fmviz.dataset.photo;

import io.fmviz.base.Require;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person said about how pictures are read; null where nothing.
 *
 * @param file a {@code preprocessor_config.json} of transformers or a {@code config.json} of timm
 * @param inputs the values of the network's other inputs, by name
 * @param anySize whether a size may be chosen where nobody says one
 */
public record ReadingChoice(
    Geometry geometry,
    Scaling scaling,
    ChannelOrder channelOrder,
    Layout layout,
    Path file,
    Map<String, List<Double>> inputs,
    boolean anySize) {
  /** Nothing was said. */
  public static final ReadingChoice NONE = new ReadingChoice(null, null, null, null, null);

  public ReadingChoice {
    geometry = geometry == null ? new Geometry(null, null, null, null) : geometry;
    scaling = scaling == null ? new Scaling(null, null, null) : scaling;
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /** For networks of one input. */
  public ReadingChoice(
      Geometry geometry, Scaling scaling, ChannelOrder channelOrder, Layout layout, Path file) {
    this(geometry, scaling, channelOrder, layout, file, Map.of(), false);
  }

  /** The same, and where nobody says a size, one is chosen. */
  public ReadingChoice ofAnySize() {
    return new ReadingChoice(geometry, scaling, channelOrder, layout, file, inputs, true);
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
   * @param alpha what a fourth channel holds everywhere, as the network gets it
   */
  public record Scaling(Double range, ChannelValues mean, ChannelValues std, Double alpha) {
    /** For networks without a fourth channel. */
    public Scaling(Double range, ChannelValues mean, ChannelValues std) {
      this(range, mean, std, null);
    }

    public Scaling {
      Require.that(
          range == null || range == 1 || range == 255, "range", "must be 1 or 255, not %s", range);
      Require.that(
          alpha == null || Math.abs(alpha) < 1e6,
          "fourthChannel",
          "must be below a million, not %s",
          alpha);
    }
  }
}
