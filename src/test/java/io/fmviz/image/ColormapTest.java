package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColormapTest {
  /** matplotlib's own colours, and Moreland's table of 33 for coolwarm, times 255. */
  @ParameterizedTest
  @CsvSource({
    "GRAY, 0, 000000",
    "GRAY, 77, 4d4d4d",
    "GRAY, 255, ffffff",
    "VIRIDIS, 0, 440154",
    "VIRIDIS, 128, 21918c",
    "VIRIDIS, 255, fde725",
    "MAGMA, 0, 000004",
    "MAGMA, 128, b73779",
    "MAGMA, 255, fcfdbf",
    "COOLWARM, 0, 3b4cc0",
    "COOLWARM, 255, b40426"
  })
  void hasTheColoursThatItsNameStandsFor(Colormap map, int index, String color) {
    assertThat("%06x".formatted(map.color(index))).isEqualTo(color);
  }

  @Test
  void coolwarmIsLightGreyInTheMiddleAndEquallyLightOnBothSides() {
    int middle = Colormap.COOLWARM.color(128);
    assertThat(middle >> 16).isCloseTo(0xdd, within(1));
    assertThat(middle >> 8 & 0xff).isCloseTo(0xdd, within(1));
    assertThat(middle & 0xff).isCloseTo(0xdd, within(1));
    // Moreland's table at 8 and 24 of 32: (141, 176, 254) and (244, 154, 123).
    assertThat(channels(Colormap.COOLWARM.color(64))).isEqualTo("141 176 254");
    assertThat(channels(Colormap.COOLWARM.color(191))).isEqualTo("244 154 123");
  }

  private static String channels(int color) {
    return (color >> 16) + " " + (color >> 8 & 0xff) + " " + (color & 0xff);
  }

  @Test
  void isTheReadersNameForTheOption() {
    assertThat(Colormap.values())
        .extracting(Colormap::toString)
        .containsExactly("gray", "viridis", "magma", "coolwarm", "auto");
  }

  @Test
  void paintsOneMapOfSeveral() {
    float[] values = {9, 9, 0, 1, 0.5f, -3};
    RgbImage picture = Colormap.MAGMA.paint(values, 2, 2, 2);
    assertThat(picture.pixel(0, 0)).isEqualTo(0x000004);
    assertThat(picture.pixel(0, 1)).isEqualTo(0xfcfdbf);
    assertThat(picture.pixel(1, 0)).isEqualTo(0xb73779);
    assertThat(picture.pixel(1, 1)).isEqualTo(0x000004);
  }
}
