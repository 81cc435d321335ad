package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.LayerName;
import io.fmviz.base.Unwrapped;
import io.fmviz.dataset.Reading;
import io.fmviz.image.Drawn;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.probe.MapChoice;
import io.fmviz.report.Text;
import java.util.Arrays;
import java.util.List;

/**
 * One image in visualize's manifest.
 *
 * @param reading how the file was read; null for an image of the dataset
 */
record VisualizedSample(
    @Unwrapped AnsweredImage image, List<MapPicture> pictures, Reading reading) {
  /** The same with the name of its file alone: what is sent to others tells nothing of folders. */
  VisualizedSample withoutFolder() {
    return image.source() == null
        ? this
        : new VisualizedSample(image.from(Text.fileName(image.source())), pictures, reading);
  }

  /**
   * Maps of one layer in one file.
   *
   * @param file below the folder, with forward slashes
   * @param name of the layer; with {@code -input} behind it for what it was given; {@code input}
   *     for the image itself
   * @param chosen null where all maps are drawn
   * @param shape of the maps, {@code (1, channel, height, width)}
   * @param minimum of the raw values, like maximum and mean; null in JSON if it is NaN or infinite
   * @param notANumber how many of the values are; null for none
   * @param colors what its colours stand for, where the values chose them; else null
   * @param equalTo the first of the image's pictures that has the same bytes; null if none has
   */
  record MapPicture(
      String file,
      @Unwrapped LayerName name,
      @Unwrapped Chosen chosen,
      long[] shape,
      double minimum,
      double maximum,
      double mean,
      Long notANumber,
      Colors colors,
      String equalTo) {
    /** Whether the values of the other are the same, as far as is known of them. */
    boolean hasValuesOf(MapPicture other) {
      return Arrays.equals(shape, other.shape)
          && Double.compare(minimum, other.minimum) == 0
          && Double.compare(maximum, other.maximum) == 0
          && Double.compare(mean, other.mean) == 0;
    }
  }

  /**
   * What colours stand for.
   *
   * @param from the value at the colour map's beginning; null where each map has its own
   * @param to the value at its end, likewise
   */
  record Colors(String colormap, Float from, Float to) {}

  /**
   * Which maps are drawn, where not all are.
   *
   * @param maps {@code 32 of 2048}
   * @param channels counted from 0
   */
  record Chosen(String maps, int[] channels) {
    static Chosen of(WantedMaps wanted) {
      Drawn drawn = wanted.drawn();
      return drawn == null
          ? null
          : new Chosen(
              MapChoice.share(drawn.channels(), wanted.node().channels()), drawn.channels());
    }
  }
}
