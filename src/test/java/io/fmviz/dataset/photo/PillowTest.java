package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.dataset.Picture;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what Pillow and torchvision made of the same files: scripts/make-photo-fixture.py. */
class PillowTest {
  /**
   * Where pixels share a colour, libwebp smooths it and our decoder doesn't. Greys are the same.
   */
  private static final Map<String, Integer> LEVELS = Map.of("lossy.webp", 70, "alpha.webp", 55);

  private static final Map<String, Tensor> EXPECTED =
      Safetensors.read(file("photo.safetensors")).tensors();

  private static Path file(String name) {
    try {
      return Path.of(PillowTest.class.getResource("/photo/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<String> keys(String prefix) {
    return EXPECTED.keySet().stream().filter(key -> key.startsWith(prefix));
  }

  static Stream<String> decoded() {
    return keys("decoded/");
  }

  static Stream<String> fitted() {
    return Stream.of("crop/", "stretch/", "letterbox/").flatMap(PillowTest::keys);
  }

  static Stream<String> gray() {
    return keys("gray/");
  }

  private static byte[] bytes(String key) {
    byte[] bytes = new byte[EXPECTED.get(key).data().remaining()];
    EXPECTED.get(key).data().duplicate().get(bytes);
    return bytes;
  }

  private static int difference(byte[] actual, byte[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    int largest = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs((actual[i] & 0xff) - (expected[i] & 0xff)));
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource
  void decoded(String key) {
    String name = key.substring(key.indexOf('/') + 1);
    Pixels pixels = PhotoReader.read(file(name)).pixels();
    long[] shape = EXPECTED.get(key).shape();
    assertThat(new long[] {pixels.height(), pixels.width(), 3}).isEqualTo(shape);
    Pixels whole =
        Pixels.of(
            new byte[3 * pixels.height() * pixels.width()], pixels.height(), pixels.width(), 3);
    pixels.copyTo(whole, 0, 0);
    assertThat(difference(whole.data(), bytes(key)))
        .isLessThanOrEqualTo(LEVELS.getOrDefault(name, 0));
  }

  private static PhotoImages images(
      String name, Fit fit, Size size, String interpolation, ChannelOrder order) {
    ReadingChoice choice =
        new ReadingChoice(
            new ReadingChoice.Geometry(
                fit, size, null, Interpolation.valueOf(interpolation.toUpperCase(Locale.ROOT))),
            null,
            order,
            null,
            null);
    Preprocessing reading =
        Preprocessing.resolve(
            choice, new long[] {-1, order == ChannelOrder.GRAY ? 1 : 3, -1, -1}, null, Map.of());
    return PhotoFiles.images(reading, file(name));
  }

  @ParameterizedTest
  @MethodSource
  void fitted(String key) {
    String[] parts = key.split("/", -1);
    String[] sides = parts[1].split("x", -1);
    Size size = new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    PhotoImages images =
        images(
            parts[3],
            Fit.valueOf(parts[0].toUpperCase(Locale.ROOT)),
            size,
            parts[2],
            ChannelOrder.RGB);
    Picture picture = images.picture(0);
    assertThat(new int[] {picture.height(), picture.width(), picture.channels()})
        .isEqualTo(new int[] {size.height(), size.width(), 3});
    assertThat(picture.values()).isEqualTo(bytes(key));
  }

  @ParameterizedTest
  @MethodSource
  void gray(String key) {
    PhotoImages images =
        images(key.split("/", -1)[1], Fit.CROP, new Size(32, 32), "bilinear", ChannelOrder.GRAY);
    assertThat(images.picture(0).values()).isEqualTo(bytes(key));
  }

  @Test
  void givesPyTorchsFloats() {
    for (String key : keys("normalized/").toList()) {
      PhotoImages images =
          images(key.split("/", -1)[1], Fit.CROP, new Size(32, 32), "bilinear", ChannelOrder.RGB);
      float[] values = new float[images.size()];
      images.copyTo(FloatBuffer.wrap(values), 0);
      assertThat(values).isEqualTo(EXPECTED.get(key).floats());
    }
  }

  /** Every file has an expectation, and every format is among them. */
  @Test
  void knowsAllFormats() {
    assertThat(decoded().map(key -> key.replaceAll(".*\\.", "")).distinct())
        .containsExactlyInAnyOrderElementsOf(Set.of("png", "jpg", "gif", "bmp", "webp", "tif"));
    assertThat(Arrays.asList(file("").toFile().list()))
        .hasSize(Math.toIntExact(decoded().count() + 1));
  }
}
