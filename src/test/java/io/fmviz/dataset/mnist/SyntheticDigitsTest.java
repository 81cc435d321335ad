package io.fmviz.dataset.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.Split;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SyntheticDigitsTest {
  private static String hash(LabeledImages images) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < images.count(); i++) {
      digest.update((byte) images.label(i));
      Picture picture = images.picture(i);
      for (int row = 0; row < images.height(); row++) {
        for (int column = 0; column < images.width(); column++) {
          digest.update((byte) picture.value(row, column, 0));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void areTheSameOnEveryMachine() throws Exception {
    assertThat(hash(new SyntheticDigits(0).load(Split.TEST)))
        .isEqualTo("f13c4349de53b94b1ad6150003cd9bab60bfe8e9141ad07aad6cf310830bf22c");
  }

  @Test
  void differBySeedAndSplit() throws Exception {
    String test = hash(new SyntheticDigits(0).load(Split.TEST));
    assertThat(hash(new SyntheticDigits(1).load(Split.TEST))).isNotEqualTo(test);
    assertThat(hash(new SyntheticDigits(0).load(Split.TRAIN).first(2000))).isNotEqualTo(test);
  }

  @Test
  void holdEachDigitEquallyOften() {
    for (Split split : Split.values()) {
      LabeledImages images = new SyntheticDigits(0).load(split);
      int[] counts = new int[10];
      for (int i = 0; i < images.count(); i++) {
        counts[images.label(i)]++;
      }
      assertThat(images.count()).isEqualTo(split == Split.TRAIN ? 12_000 : 2_000);
      assertThat(counts).containsOnly(images.count() / 10);
    }
  }

  @Test
  void areWhiteOnBlackWithinTheFrame() {
    LabeledImages images = new SyntheticDigits(0).load(Split.TEST);
    for (int i = 0; i < images.count(); i++) {
      int white = 0;
      int onTheEdge = 0;
      Picture picture = images.picture(i);
      for (int a = 0; a < 28; a++) {
        for (int b = 0; b < 28; b++) {
          white += picture.value(a, b, 0) == 255 ? 1 : 0;
        }
        onTheEdge += picture.value(a, 0, 0) + picture.value(a, 27, 0);
      }
      assertThat(white).as("white pixels of image %d", i).isBetween(25, 250);
      assertThat(onTheEdge).as("grey on the left and right edge of image %d", i).isZero();
    }
  }
}
