package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SumsTest {
  private static double sum(double... values) {
    Sums sums = new Sums(1);
    DoubleStream.of(values).forEach(value -> sums.add(0, value));
    return sums.value(0);
  }

  @RepeatedTest(20)
  void areTheExactSumRoundedOnceInWhateverParts(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Sums whole = new Sums(1);
    Sums[] parts = {new Sums(1), new Sums(1), new Sums(1)};
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < 1000; i++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(12));
      exact = exact.add(new BigDecimal(value));
      whole.add(0, value);
      parts[random.nextInt(3)].add(0, value);
    }
    parts[2].merge(parts[0]);
    parts[1].merge(parts[2]);
    assertThat(whole.value(0)).isEqualTo(exact.doubleValue());
    assertThat(parts[1].value(0)).isEqualTo(exact.doubleValue());
  }

  @Test
  void keepWhatASumOfDoublesLoses() {
    assertThat(sum(1e16, 1, -1e16)).isEqualTo(1);
  }

  @Test
  void sayWhereSomethingIsNoNumber() {
    assertThat(sum(1, Double.POSITIVE_INFINITY, 2)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sum(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1)).isNaN();
    assertThat(sum(1, Double.NaN)).isNaN();
  }
}
