package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.network.DeadRule;
import org.junit.jupiter.api.Test;

class ChannelStatisticsTest {
  private static final float NAN = Float.NaN;

  /** Four channels of 1 x 2 pixels; the images are of the classes 0, 2 and 2 of three. */
  private static ChannelStatistics ofThreeImages() {
    ChannelStatistics statistics = new ChannelStatistics(4, 3);
    statistics.add(new int[] {1, 4, 1, 2}, new float[] {-1, 0, 1, 2, 0, 3, -5, -4}, n -> 0);
    float[] two = {
      -2, -3, 4, 1, 0, 0, -1, -2, //
      0, 0, 2, 1, -1, 0, -3, 5, //
      9, 9 // Left over from a larger batch.
    };
    statistics.add(new int[] {2, 4, 1, 2}, two, n -> 2);
    return statistics;
  }

  @Test
  void gathersBatchByBatch() {
    ChannelStatistics s = ofThreeImages();
    assertThat(s.images()).isEqualTo(3);
    assertThat(s.maximum()).containsExactly(0, 4, 3, 5);
    assertThat(s.minimum()).containsExactly(-3, 1, -1, -5);
    assertThat(s.mean()).containsExactly(-6 / 6.0, 11 / 6.0, 2 / 6.0, -10 / 6.0);
    assertThat(s.imageShare()).containsExactly(0, 1, 1 / 3.0, 1 / 3.0);
    assertThat(s.pixelShare()).containsExactly(0, 1, 1 / 6.0, 1 / 6.0);
    assertThat(s.classImageShare()).isEqualTo(byClass(1, 0, 0, 0.5));
    assertThat(s.classPixelShare()).isEqualTo(byClass(0.5, 0, 0, 0.25));
  }

  private static double[][] byClass(double third0, double third2, double fourth0, double fourth2) {
    return new double[][] {
      {0, Double.NaN, 0}, {1, Double.NaN, 1},
      {third0, Double.NaN, third2}, {fourth0, Double.NaN, fourth2}
    };
  }

  @Test
  void tellsDeadAlmostDeadAndAlwaysOnApart() {
    ChannelStatistics s = ofThreeImages();
    assertThat(s.dead()).containsExactly(0);
    assertThat(s.almostDead(1 / 3.0)).isEmpty();
    assertThat(s.almostDead(0.34)).containsExactly(2, 3);
    assertThat(s.almostDead(1)).containsExactly(2, 3);
    assertThat(s.alwaysOn()).containsExactly(1);
  }

  @Test
  void aChannelThatIsNoNumberIsNeitherDeadNorAlmostDead() {
    ChannelStatistics s = new ChannelStatistics(2, 1);
    s.add(new int[] {1, 2, 1, 2}, new float[] {NAN, -1, -1, NAN}, n -> 0);
    assertThat(s.dead()).isEmpty();
    assertThat(s.almostDead(1)).isEmpty();
    assertThat(s.maximum()).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void refusesAnotherLayersOutput() {
    assertThatThrownBy(
            () -> new ChannelStatistics(4, 10).add(new int[] {1, 3, 2, 2}, new float[12], n -> 0))
        .hasMessage("the shape [1, 3, 2, 2] is not (count, 4, height, width)");
    assertThatThrownBy(
            () -> new ChannelStatistics(4, 10).add(new int[] {1, 4}, new float[4], n -> 0))
        .hasMessage("the shape [1, 4] is not (count, 4, height, width)");
  }

  @Test
  void keepsWhatIsActiveInAShareOfTheImages() {
    ChannelStatistics statistics = new ChannelStatistics(3, 1);
    statistics.add(new int[] {2, 3, 1, 1}, new float[] {-1, 2, 1, 0, 2, -1}, n -> 0);
    assertThat(statistics.kept(0)).containsExactly(1, 2);
    assertThat(statistics.kept(0.5)).containsExactly(1, 2);
    assertThat(statistics.kept(0.51)).containsExactly(1);
  }

  /** The first is active in one image of three, with the largest value, the others in two. */
  @Test
  void keepsTheMostActiveChannelOfALayerThatIsAllAlmostDead() {
    ChannelStatistics statistics = new ChannelStatistics(3, 1);
    float[] values = {9, 1, 2, 0, 1, 2, 0, 0, 0};
    statistics.add(new int[] {3, 3, 1, 1}, values, n -> 0);
    assertThat(statistics.almostDead(1)).containsExactly(0, 1, 2);
    assertThat(statistics.kept(1)).containsExactly(2);
  }

  @Test
  void keepsOneOfALayerThatIsAllDead() {
    ChannelStatistics statistics = new ChannelStatistics(3, 1);
    statistics.add(new int[] {1, 3, 1, 2}, new float[] {-3, -4, -2, -1, -9, -1}, n -> 0);
    assertThat(statistics.dead()).containsExactly(0, 1, 2);
    assertThat(statistics.kept(0)).containsExactly(1);
  }

  /** NaN beside a value above zero, infinity, and minus infinity that looks dead. */
  @Test
  void saysNothingOfAChannelWithAValueThatIsNoNumber() {
    ChannelStatistics s = new ChannelStatistics(4, 2);
    float infinity = Float.POSITIVE_INFINITY;
    s.add(
        new int[] {1, 4, 1, 2},
        new float[] {NAN, 1, infinity, 1, -infinity, -infinity, 1, 1},
        n -> 0);
    s.add(new int[] {1, 4, 1, 2}, new float[] {1, 1, 1, 1, -1, -1, 1, 2}, n -> 1);
    assertThat(s.notNumbers()).containsExactly(1, 1, 2, 0);
    assertThat(s.dead()).isEmpty();
    assertThat(s.almostDead(1)).isEmpty();
    assertThat(s.alwaysOn()).containsExactly(3);
    assertThat(s.kept(1)).containsExactly(0, 1, 2, 3);
    double none = Double.NaN;
    assertThat(s.imageShare()).containsExactly(none, none, none, 1);
    assertThat(s.pixelShare()).containsExactly(none, none, none, 1);
    assertThat(s.classImageShare()[0]).containsExactly(none, none);
    assertThat(s.classPixelShare()[2]).containsExactly(none, none);
    assertThat(s.classPixelShare()[3]).containsExactly(1, 1);
  }

  private static ChannelStatistics of(DeadRule deadRule, float... values) {
    ChannelStatistics statistics = new ChannelStatistics(values.length / 2, 1, deadRule);
    statistics.add(new int[] {1, values.length / 2, 1, 2}, values, n -> 0);
    return statistics;
  }

  @Test
  void aChannelIsDeadAsItsLayerHasIt() {
    float[] values = {0, 0, -1, 0, -4, -3, 2, 2};
    ChannelStatistics exact = of(DeadRule.ZERO, values);
    assertThat(exact.dead()).containsExactly(0);
    assertThat(exact.imageShare()).containsExactly(0, 1, 1, 1);
    assertThat(exact.pixelShare()).containsExactly(0, 0.5, 1, 1);
    ChannelStatistics below = of(DeadRule.upTo(-3), values);
    assertThat(below.dead()).containsExactly(2);
    assertThat(below.almostDead(1)).isEmpty();
    ChannelStatistics never = of(null, values);
    assertThat(never.dead()).isEmpty();
    assertThat(never.almostDead(1)).isEmpty();
    assertThat(never.constant()).containsExactly(0, 3);
    assertThat(exact.constant()).isNull();
    assertThat(of(null, Float.NaN, Float.NaN).constant()).isEmpty();
  }
}
