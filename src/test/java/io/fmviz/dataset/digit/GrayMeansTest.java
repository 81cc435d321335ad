package io.fmviz.dataset.digit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GrayMeansTest {
  @Test
  void layersWhatIsTransparentOverWhatLetsTheRestBeSeen() {
    assertThat(means(0, 0.1).ground()).isEqualTo(1);
    assertThat(means(1, 0.1).ground()).isEqualTo(0);
    assertThat(means(0, 0.1).over(1).values()[0]).isCloseTo(0.9f, within(1e-6f));
    GrayMeans paper = new GrayMeans(1, 20, 1);
    for (int x = 0; x < 20; x++) {
      paper.add(0, x, x == 5 ? 0 : 0.75f, x == 19 ? 0 : 1);
    }
    assertThat(paper.ground()).isCloseTo(0.75f, within(1e-3f));
  }

  private static GrayMeans means(float gray, double alpha) {
    GrayMeans means = new GrayMeans(1, 1, 1);
    means.add(0, 0, gray, (float) alpha);
    return means;
  }
}
