package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import org.junit.jupiter.api.Test;

class ActivationsTest {
  /** Three images of two channels of 1 x 2 pixels, in batches of two and one. */
  private static Activations threeImages() {
    Activations all = new Activations(3);
    all.put(0, new int[] {2, 2, 1, 2}, new float[] {1, 2, -1, 0, 3, 4, -2, -3, 99});
    all.put(2, new int[] {1, 2, 1, 2}, new float[] {5, 6, 0, 0, 99, 99});
    return all;
  }

  @Test
  void gathersBatchesAndKnowsWhereEachMapIs() {
    Activations all = threeImages();
    assertThat(all.values()).containsExactly(1, 2, -1, 0, 3, 4, -2, -3, 5, 6, 0, 0);
    assertThat(all.offset(2, 0)).isEqualTo(8);
    assertThat(all.offset(1, 1)).isEqualTo(6);
    assertThat(new int[] {all.channels(), all.height(), all.width()}).containsExactly(2, 1, 2);
  }

  @Test
  void refusesMoreThanAnArrayHolds() {
    Activations all = new Activations(3);
    assertThatThrownBy(() -> all.put(0, new int[] {1, 1 << 10, 1 << 10, 1 << 10}, new float[0]))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "3 images with 1,073,741,824 values each are more than fmviz holds: take fewer images");
  }

  @Test
  void averagesOverImagesAndPixels() {
    assertThat(threeImages().means()).containsExactly(21 / 6.0, -6 / 6.0);
  }

  @Test
  void findsTheChannelsThatAreNeverAboveZero() {
    assertThat(threeImages().neverAboveZero()).containsExactly(1);
  }

  @Test
  void sumsHowMuchMapsDifferFromOneImageToTheNext() {
    // (|3-1| + |4-2|) / 2 + (|5-3| + |6-4|) / 2, and (|-2+1| + |-3|) / 2 + (2 + 3) / 2
    assertThat(threeImages().movements()).containsExactly(4, 4.5);
    assertThat(Activations.ranked(threeImages().movements())).containsExactly(1, 0);
    assertThat(Activations.ranked(new double[] {1, 2, 2})).containsExactly(1, 2, 0);
  }

  @Test
  void countsWhatIsNoNumberAndTakesItForNeitherDeadNorLarge() {
    Activations all = new Activations(2);
    float[] values = {
      Float.NaN,
      -1,
      0,
      -1,
      Float.NEGATIVE_INFINITY,
      0, //
      -1,
      Float.NaN,
      0,
      0,
      0,
      0
    };
    all.put(0, new int[] {2, 3, 1, 2}, values);
    assertThat(all.notNumbers()).containsExactly(2, 0, 1);
    assertThat(all.neverAboveZero()).containsExactly(1);
    assertThat(Activations.ranked(new double[] {Double.NaN, 1, Double.POSITIVE_INFINITY, 2}))
        .containsExactly(3, 1, 0, 2);
  }
}
