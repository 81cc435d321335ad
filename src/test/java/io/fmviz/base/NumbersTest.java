package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4|0.25|0.2500",
        "3|2.9117|2.912",
        "3|-0.0917|-0.092",
        "3|0.001|0.001",
        "3|0.00099|0.000990",
        "3|-0.00041234|-0.000412",
        "3|0.0000317|3.17e-05",
        "3|-1e-300|-1.00e-300",
        "4|0.00051|0.000510",
        "2|0.01|0.01",
        "2|0.00412|0.00412",
        "1|0.05|0.0500",
        "3|0|0.000",
        "3|-0.0|0.000",
        "3|12345.6789|12,345.679",
        "3|NaN|none",
        "3|-Infinity|none"
      })
  void whatDecimalsWouldRoundToNothingKeepsThreeDigits(int decimals, double value, String text) {
    assertThat(Numbers.decimals(decimals, value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.25, +0.25",
    "-0.25, -0.25",
    "0.00021, +0.000210",
    "-0.00021, -0.000210",
    "0, 0.00",
    "-0.0, 0.00",
    "Infinity, none"
  })
  void aChangeHasItsSignUnlessThereIsNone(double value, String text) {
    assertThat(Numbers.signed(2, value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9366, 93.66 %",
    "0.0001, 0.01 %",
    "0.000041, 0.00410 %",
    "1e-9, 1.00e-07 %",
    "0, 0.00 %",
    "1, 100.00 %",
    "NaN, none"
  })
  void aSmallShareIsNotNothing(double share, String text) {
    assertThat(Numbers.share(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.0123456, 0.0123", "0.00000668, 6.68e-06", "0, 0", "-0.0, 0", "NaN, none"})
  void significantDigitsAreThree(double value, String text) {
    assertThat(Numbers.significant(value)).isEqualTo(text);
  }

  @Test
  void nothingButZeroReadsAsZero() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      double value = (random.nextBoolean() ? 1 : -1) * Math.pow(10, -12 * random.nextDouble());
      for (int decimals = 0; decimals < 5; decimals++) {
        String text = Numbers.decimals(decimals, value);
        assertThat(Double.parseDouble(text)).as("%s with %d decimals", value, decimals).isNotZero();
        assertThat(text.startsWith("-")).isEqualTo(value < 0);
      }
    }
  }
}
