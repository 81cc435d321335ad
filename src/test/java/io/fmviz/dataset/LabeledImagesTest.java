package io.fmviz.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class LabeledImagesTest {
  private final LabeledImages images =
      LabeledImages.ofTen(new byte[] {0, 51, -1, 1, 2, 3}, new byte[] {4, 5}, 1, 3);

  @Test
  void givesFloatsFromZeroToOne() {
    FloatBuffer floats = FloatBuffer.allocate(3);
    images.copyTo(floats, 0);
    assertThat(floats.array()).containsExactly(0f, 0.2f, 1f);
  }

  @Test
  void givesPixelsAndLabelsByIndex() {
    assertThat(images.picture(0).value(0, 2, 0)).isEqualTo(255);
    assertThat(images.picture(1).value(0, 1, 0)).isEqualTo(2);
    assertThat(images.label(1)).isEqualTo(5);
  }

  @Test
  void keepsTheFirstOnes() {
    assertThat(images.first(1).count()).isEqualTo(1);
    assertThat(images.first(2)).isSameAs(images);
    assertThat(images.first(99)).isSameAs(images);
  }

  @Test
  void refusesArraysThatDoNotFit() {
    assertThatThrownBy(() -> LabeledImages.ofTen(new byte[5], new byte[2], 1, 3))
        .hasMessage("5 pixels are not 2 images of 1 x 3");
  }
}
