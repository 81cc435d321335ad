package io.fmviz.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FloatImagesTest {
  /** Two images of three channels of 1 x 2 pixels. */
  private final FloatImages images =
      new FloatImages(new float[] {-1, 0, 1, 2, 3, 4, 9, 9, 9, 9, 9, 9}, 3, 1, 2);

  @Test
  void giveTheirValuesAsTheyAre() {
    assertThat(images.count()).isEqualTo(2);
    assertThat(images.size()).isEqualTo(6);
    FloatBuffer values = FloatBuffer.allocate(12);
    images.copyTo(values, 1);
    images.copyTo(values, 0);
    assertThat(values.array()).containsExactly(9, 9, 9, 9, 9, 9, -1, 0, 1, 2, 3, 4);
  }

  @Test
  void areShownFromBlackToWhiteInColourWhereThereAreThreeChannels() {
    Picture picture = images.picture(0);
    assertThat(picture.channels()).isEqualTo(3);
    // (-1, 1, 3) and (0, 2, 4), of -1 to 4.
    assertThat(picture.values())
        .containsExactly((byte) 0, (byte) 102, (byte) 204, (byte) 51, (byte) 153, (byte) 255);
    assertThat(images.picture(1).values()).containsOnly((byte) 128);
    assertThat(new FloatImages(new float[] {0, 4, 7, 7}, 2, 1, 2).picture(0).values())
        .containsExactly((byte) 0, (byte) 255);
  }

  @Test
  void haveNumbersButNoLabels() {
    assertThat(images.title(1)).isEqualTo("2");
    assertThat(images.isLabeled(0)).isFalse();
    assertThat(images.classNames()).isEmpty();
    assertThat(images.source(0)).isNull();
  }

  @Test
  void keepTheFirstOnes() {
    assertThat(images.first(1).count()).isEqualTo(1);
    assertThat(images.first(2)).isSameAs(images);
  }

  @Test
  void refuseAnArrayThatDoesNotFit() {
    assertThatThrownBy(() -> new FloatImages(new float[7], 3, 1, 2))
        .hasMessage("7 values are no images of 1 x 2 with 3 channels");
  }
}
