package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.dataset.Picture;
import io.fmviz.image.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PicturesTest {
  @Test
  void cropsWithBlackBeyondTheEdges() {
    byte[] white = new byte[784];
    Arrays.fill(white, (byte) 255);
    RgbImage crop = Pictures.crop(new Picture(1, 28, 28, white), -1, 26, 3, 3);
    assertThat(crop.height()).isEqualTo(3);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 3; x++) {
        assertThat(crop.pixel(y, x)).isEqualTo(y == 0 || x == 2 ? 0 : 0xffffff);
      }
    }
  }

  @Test
  void drawsColoursAsTheyAre() {
    RgbImage image = Pictures.of(new Picture(3, 1, 2, new byte[] {1, 2, 3, (byte) 200, 0, 9}));
    assertThat(image.width()).isEqualTo(2);
    assertThat(image.pixel(0, 0)).isEqualTo(0x010203);
    assertThat(image.pixel(0, 1)).isEqualTo(0xc80009);
  }
}
