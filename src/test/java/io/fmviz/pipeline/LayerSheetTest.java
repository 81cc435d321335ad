package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.analysis.Activations;
import io.fmviz.dataset.FloatImages;
import io.fmviz.image.Colormap;
import io.fmviz.image.GridOptions;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.RgbImage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayerSheetTest {
  /** One image, and of one layer so many maps. */
  private static RgbImage sheet(int scale, int maps, int height, int width) {
    FloatImages images = new FloatImages(new float[3 * 64 * 64], 3, 64, 64);
    PictureOptions options =
        new PictureOptions(new GridOptions(8, 2, 0), Normalize.LAYER, Colormap.GRAY, scale, false);
    Activations layer = new Activations(1);
    layer.put(0, new int[] {1, maps, height, width}, new float[maps * height * width]);
    LayerSheet sheet = new LayerSheet(images, new int[] {0}, List.of("1"), options);
    sheet.check("layer", maps, height, width);
    return sheet.draw("layer", layer, List.of(0, 1, 2), Set.of());
  }

  @Test
  void showsLargeMapsSmallerAndSaysSo() {
    RgbImage fits = sheet(PictureOptions.AUTO, 3, 112, 84);
    RgbImage large = sheet(PictureOptions.AUTO, 3, 448, 336);
    // The line that says so makes the sheet higher, and no wider.
    assertThat(large.height() - fits.height()).isBetween(5, 20);
    assertThat(large.width()).isEqualTo(fits.width());
  }

  @Test
  void leavesMapsAsTheyAreAtAScaleThatIsAskedFor() {
    RgbImage small = sheet(1, 3, 112, 84);
    RgbImage large = sheet(1, 3, 448, 336);
    assertThat(large.width() - small.width()).isGreaterThanOrEqualTo(3 * (336 - 84));
  }
}
