package io.fmviz.dataset.digit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RasterArithmeticTest {
  private static GrayRaster random(int height, int width) {
    Random random = new Random(7);
    float[] values = new float[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new GrayRaster(height, width, values);
  }

  private static GrayRaster raster(int width, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return new GrayRaster(values.length / width, width, floats);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "5, 9, 1", "9, 5, 2", "7, 7, 3", "3, 40, 25"})
  void windowsHoldWhatAPlainLoopFinds(int height, int width, int reach) {
    GrayRaster picture = random(height, width);
    GrayRaster mean = WindowFilters.mean(picture, reach);
    GrayRaster maximum = WindowFilters.maximum(picture, reach);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        int count = 0;
        float most = 0;
        for (int v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
          for (int u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
            sum += picture.value(v, u);
            count++;
            most = Math.max(most, picture.value(v, u));
          }
        }
        assertThat(mean.value(y, x)).isCloseTo((float) (sum / count), within(1e-5f));
        assertThat(maximum.value(y, x)).isEqualTo(most);
      }
    }
  }

  @Test
  void openingTakesOutWhatIsNarrowerThanItsWindow() {
    GrayRaster picture = raster(9, 1, 1, 5, 1, 1, 1, 7, 7, 7);
    assertThat(WindowFilters.opening(picture, 1).values())
        .containsExactly(1, 1, 1, 1, 1, 1, 7, 7, 7);
  }

  @Test
  void distancesAreThoseToTheNearestPixel() {
    boolean[] set = new boolean[5 * 6];
    set[1 * 6 + 2] = true;
    set[4 * 6 + 5] = true;
    float[] distances = Distances.to(set, 5, 6);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 6; x++) {
        double nearest = Math.min(Math.hypot(y - 1, x - 2), Math.hypot(y - 4, x - 5));
        assertThat(distances[y * 6 + x]).isCloseTo((float) nearest, within(1e-6f));
      }
    }
  }

  @Test
  void shrinkingDropsNoPixel() {
    GrayRaster picture = raster(5, 0, 1, 0, 0, 0.5, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0.25);
    assertThat(picture.shrunk(2))
        .usingRecursiveComparison()
        .isEqualTo(raster(3, 0.25, 0, 0.25, 0.5, 0, 0.25));
  }

  /** The corner of the file where each orientation keeps the picture's upper left. */
  @ParameterizedTest
  @CsvSource({
    "1, 123456, 3", "2, 321654, 3", "3, 654321, 3", "4, 456123, 3",
    "5, 142536, 2", "6, 415263, 2", "7, 635241, 2", "8, 362514, 2"
  })
  void turnsAndMirrorsAsEachOrientationSays(int orientation, String expected, int width) {
    GrayRaster file = new GrayRaster(2, 3, new float[] {1, 2, 3, 4, 5, 6});
    GrayRaster seen = file.upright(orientation);
    StringBuilder digits = new StringBuilder();
    for (float value : seen.values()) {
      digits.append((int) value);
    }
    assertThat(digits).hasToString(expected);
    assertThat(seen.width()).isEqualTo(width);
  }

  @Test
  void penWidthIsTwiceTheAreaByTheLengthOfTheEdges() {
    float[] values = new float[40 * 12];
    for (int y = 2; y < 38; y++) {
      for (int x = 4; x < 8; x++) {
        values[y * 12 + x] = 1;
      }
    }
    // 36 x 4 pixels with edges of 80; one corner's two edges count as their hypotenuse.
    double edges = 80 - 2 + Math.sqrt(2);
    assertThat(PenWidth.of(new GrayRaster(40, 12, values)))
        .isCloseTo(2 * 144 / edges, within(1e-9));
    assertThat(PenWidth.of(raster(2, 0, 0, 0, 0))).isZero();
  }

  @Test
  void thresholdPartsTwoHeapsOfLevels() {
    GrayHistogram levels = new GrayHistogram();
    for (int i = 0; i < 10; i++) {
      levels.add(0.1f);
      levels.add(0.2f);
      levels.add(0.8f);
    }
    assertThat(levels.threshold()).isBetween(0.19f, 0.79f);
    assertThat(levels.medianTo(levels.threshold())).isCloseTo(0.1f, within(1e-3f));
    assertThat(levels.quantile(0.9)).isCloseTo(0.8f, within(1e-3f));
  }

  @Test
  void noiseIsItsStandardDeviationWhateverTheLight() {
    GrayRaster slope = Drawn.seven(200, 200, (y, x) -> 0.2 + 0.003 * x, 50, 50, 90, 6, 0.5);
    assertThat(Noise.of(slope)).isCloseTo(0, within(0.002f));
    assertThat(Noise.of(Drawn.noisy(slope, 0.05))).isCloseTo(0.05f, within(0.005f));
    assertThat(Noise.of(raster(1, 0.5))).isZero();
  }

  @Test
  void whatTouchesDiagonallyHangsTogether() {
    Components components =
        Components.of(raster(4, 1, 0, 0, 0.4, 0, 1, 0, 0, 0, 0, 0, 0.9), 0.3f, 0.5f, 0);
    assertThat(components.all())
        .containsExactly(
            new Component(1, 2, 2, new Component.Box(0, 0, 2, 2), 1, false),
            new Component(2, 1, 0.9f, new Component.Box(2, 3, 3, 4), 1, false));
    assertThat(components.labels()).containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2);
  }
}
