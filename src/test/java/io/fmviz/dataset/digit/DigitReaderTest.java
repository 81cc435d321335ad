package io.fmviz.dataset.digit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.dataset.digit.Drawn.Ground;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitReaderTest {
  private static final byte[] SEVEN = Drawn.expected();

  /** How alike two images are if one may be shifted by a pixel, as rounding may do. */
  private static double likeness(byte[] a, byte[] b) {
    double best = 0;
    for (int shift : new int[] {-29, -28, -27, -1, 0, 1, 27, 28, 29}) {
      best = Math.max(best, cosine(a, b, shift));
    }
    return best;
  }

  /** The cosine of the angle between two images as vectors: 1 for the same shape. */
  private static double cosine(byte[] a, byte[] b, int shift) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      double x = a[i] & 0xff;
      double y = i + shift >= 0 && i + shift < b.length ? b[i + shift] & 0xff : 0;
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static int brightest(byte[] pixels) {
    int brightest = 0;
    for (byte pixel : pixels) {
      brightest = Math.max(brightest, pixel & 0xff);
    }
    return brightest;
  }

  private static void assertSeven(GrayRaster picture, boolean inverted) {
    DigitReader.Digit digit = DigitReader.read(picture, null);
    assertThat(likeness(digit.pixels(), SEVEN)).isGreaterThan(0.85);
    assertThat(brightest(digit.pixels())).isEqualTo(255);
    assertThat(digit.inverted()).isEqualTo(inverted);
    assertThat(digit.doubt()).isNull();
  }

  private static GrayRaster onPaper(Ground paper) {
    return Drawn.seven(450, 600, paper, 150, 250, 180, 8, 0.2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 3, 5, 9, 15, 25, 41})
  void widensThePensThatAreThinnerThanMnists(double pen) {
    assertSeven(Drawn.seven(560, 560, (y, x) -> 1, 120, 150, 320, pen, 0), true);
    assertSeven(Drawn.seven(560, 560, (y, x) -> 1, 120, 150, 320, pen, 0).inverted(), false);
  }

  @ParameterizedTest
  @CsvSource({"60, 1", "60, 2", "130, 1", "1100, 1", "1100, 2", "1100, 40"})
  void readsADigitOfAnySize(int size, double pen) {
    GrayRaster picture =
        Drawn.seven(size, size, (y, x) -> 1, size * 0.2, size * 0.3, size * 0.6, pen, 0);
    assertSeven(picture, true);
  }

  @Test
  void readsASmallDigitOnALargeSheet() {
    assertSeven(Drawn.seven(1000, 1100, (y, x) -> 0.9, 700, 800, 120, 5, 0.2), true);
  }

  private static Map<String, Ground> papers() {
    Map<String, Ground> papers = new TreeMap<>();
    papers.put("a gradient", (y, x) -> 0.95 - 0.001 * x);
    papers.put("a shadow's hard edge", (y, x) -> x + 0.3 * y < 330 ? 0.9 : 0.45);
    papers.put(
        "a shadow's soft edge", (y, x) -> 0.9 - 0.45 / (1 + Math.exp(-(y - 0.4 * x - 100) / 12.0)));
    papers.put("a lamp", (y, x) -> 0.95 - 0.9 * (sq((x - 200) / 600.0) + sq((y - 200) / 450.0)));
    papers.put("a dark desk", (y, x) -> x < 40 + y / 20 || y > 420 ? 0.15 : 0.85);
    papers.put("a light desk", (y, x) -> x < 40 + y / 20 ? 0.97 : 0.7);
    papers.put("ruled paper", (y, x) -> y % 40 < 2 ? 0.7 : 0.9);
    papers.put("a sheet that is smaller than the picture", (y, x) -> isSheet(y, x) ? 0.9 : 0.2);
    return papers;
  }

  private static double sq(double value) {
    return value * value;
  }

  private static boolean isSheet(int y, int x) {
    return y > 90 && y < 400 && x > 170 && x < 450;
  }

  @Test
  void findsStrokesOnPaperInAnyLight() {
    papers()
        .forEach(
            (name, paper) -> {
              GrayRaster picture = onPaper(paper);
              assertThat(likeness(DigitReader.read(picture, null).pixels(), SEVEN))
                  .as(name)
                  .isGreaterThan(0.85);
              assertThat(DigitReader.read(Drawn.noisy(picture, 0.02), null).inverted())
                  .as(name)
                  .isTrue();
            });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.06, 0.15})
  void findsStrokesInNoise(double deviation) {
    GrayRaster picture = Drawn.seven(560, 560, (y, x) -> 0.8, 120, 150, 320, 15, 0.35);
    assertSeven(Drawn.noisy(picture, deviation), true);
  }

  @Test
  void findsAFaintPencil() {
    assertSeven(
        Drawn.noisy(Drawn.seven(450, 600, (y, x) -> 0.8, 150, 250, 180, 6, 0.8), 0.015), true);
  }

  @Test
  void followsNoSpecks() {
    GrayRaster clean = Drawn.seven(400, 400, (y, x) -> 1, 110, 140, 160, 30, 0);
    GrayRaster specks =
        Drawn.seven(
            400,
            400,
            (y, x) -> (y < 5 && x > 5 && x < 11) || Math.hypot(y - 380, x - 390) < 4 ? 0 : 1,
            110,
            140,
            160,
            30,
            0);
    assertThat(DigitReader.read(specks, null).pixels())
        .isEqualTo(DigitReader.read(clean, null).pixels());
  }

  @Test
  void doesWhatItIsTold() {
    GrayRaster picture = onPaper((y, x) -> 0.9);
    assertThat(DigitReader.read(picture, true).inverted()).isTrue();
    assertThat(DigitReader.read(picture, true).pixels())
        .isEqualTo(DigitReader.read(picture, null).pixels());
    assertThat(DigitReader.read(picture, false).inverted()).isFalse();
  }

  @Test
  void saysWhatMakesItDoubtful() {
    assertThat(
            DigitReader.read(Drawn.seven(900, 900, (y, x) -> 1, 400, 400, 14, 3, 0), null).doubt())
        .isEqualTo("is nearly empty");
    GrayRaster faint = Drawn.seven(450, 600, (y, x) -> 0.8, 150, 250, 180, 8, 0.95);
    assertThat(DigitReader.read(faint, null).doubt()).isEqualTo("is nearly empty");
    assertThat(
            DigitReader.read(Drawn.seven(300, 300, (y, x) -> 1, 180, 100, 180, 20, 0), null)
                .doubt())
        .isEqualTo("touches the border");
    GrayRaster first = Drawn.seven(400, 600, (y, x) -> 1, 100, 100, 200, 20, 0);
    GrayRaster both = Drawn.seven(400, 600, (y, x) -> first.value(y, x), 100, 350, 200, 20, 0);
    assertThat(DigitReader.read(both, null).doubt()).isEqualTo("shows several digits");
  }

  @ParameterizedTest
  @CsvSource({"4, 0.5037560699354234", "10, 0"})
  void tellsHowTheDigitWasBroughtIntoItsForm(int pen, double widened) {
    byte[] gray = new byte[100 * 200];
    for (int y = 20; y < 80; y++) {
      Arrays.fill(gray, y * 200 + 96, y * 200 + 96 + pen, (byte) 255);
    }
    DigitForm form = DigitPicture.drawn(gray, 100, 200).form();
    assertThat(form.found()).isEqualTo(new DigitForm.Box(0.48, 0.2, pen / 200.0, 0.6));
    assertThat(form.placed().height()).isEqualTo(20 / 28.0);
    // Rows 0 to 19 have their centre at 9.5: it comes to 14.5 of 28.
    assertThat(form.placed().top()).isEqualTo(5 / 28.0);
    assertThat(form.widened()).isEqualTo(widened);
    assertThat(form.inverted()).isFalse();
    assertThat(form.doubt()).isNull();
  }

  @Test
  void aBlankDrawingHasNoForm() {
    assertThat(DigitPicture.drawn(new byte[100], 10, 10).form()).isNull();
  }
}
