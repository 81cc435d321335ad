package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.Shared;
import io.fmviz.TorchFixture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureMapGridTest {
  private static final GridOptions DEFAULTS = new GridOptions(8, 2, 0.5f);

  private static final List<Reference> REFERENCES =
      List.of(
          new Reference("save_image", Normalize.NONE, DEFAULTS),
          new Reference("save_image_nrow5_pad1_white", Normalize.NONE, new GridOptions(5, 1, 1)),
          new Reference("save_image_normalize_map", Normalize.MAP, DEFAULTS),
          new Reference("save_image_normalize_layer", Normalize.LAYER, DEFAULTS));

  private record Reference(String folder, Normalize normalize, GridOptions options) {}

  /** The picture as rows of decimal numbers. */
  private static String rows(GrayImage picture) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        text.append(x == 0 ? "" : " ").append(picture.pixel(y, x));
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Test
  void padsASingleMapLikeAnyOther() {
    GridOptions options = new GridOptions(8, 1, 0.5f);
    assertThat(rows(FeatureMapGrid.draw(new float[] {0, 1}, 1, 1, 2, options)))
        .isEqualTo("128 128 128 128\n128 0 255 128\n128 128 128 128\n");
  }

  @Test
  void laysMapsOutRowByRowAndLeavesUnusedCellsToThePadding() {
    GridOptions options = new GridOptions(2, 1, 1);
    float[] maps = {0.2f, 0.4f, 0.6f};
    assertThat(rows(FeatureMapGrid.draw(maps, 3, 1, 1, options)))
        .isEqualTo(
            """
            255 255 255 255 255
            255 51 255 102 255
            255 255 255 255 255
            255 153 255 255 255
            255 255 255 255 255
            """);
  }

  @Test
  void makesRowsNoWiderThanThereAreMaps() {
    GrayImage picture = FeatureMapGrid.draw(new float[3], 3, 1, 1, new GridOptions(8, 2, 0));
    assertThat(picture.width()).isEqualTo(3 * (1 + 2) + 2);
    assertThat(picture.height()).isEqualTo(1 * (1 + 2) + 2);
  }

  @Test
  void doesWithoutAnyPadding() {
    float[] maps = {0, 1, 1, 0};
    assertThat(rows(FeatureMapGrid.draw(maps, 2, 1, 2, new GridOptions(1, 0, 0.5f))))
        .isEqualTo("0 255\n255 0\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "-3, 0",
    "0.0019, 0",
    "0.00197, 1",
    "0.5, 128",
    "0.998, 254",
    "0.9981, 255",
    "1, 255",
    "1000, 255",
    "Infinity, 255",
    "-Infinity, 0"
  })
  void roundsAndClipsAsTorchvisionDoes(float value, int pixel) {
    GridOptions options = new GridOptions(1, 0, 0);
    assertThat(FeatureMapGrid.draw(new float[] {value}, 1, 1, 1, options).pixel(0, 0))
        .isEqualTo(pixel);
  }

  @Test
  void refusesValuesThatDoNotFillTheMaps() {
    assertThatThrownBy(
            () -> FeatureMapGrid.draw(new float[7], 2, 2, 2, new GridOptions(8, 2, 0.5f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("7 values are not 2 maps of 2 x 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Conv2d_1",
        "ReLU_1",
        "MaxPool2d_1",
        "Conv2d_2",
        "ReLU_2",
        "MaxPool2d_2",
        "Conv2d_3",
        "ReLU_3",
        "AdaptiveAvgPool2d_1"
      })
  void drawsWhatTorchvisionDraws(String layer) {
    assertDraws(layer, Normalize.NONE, "grid." + layer);
    assertDraws(layer, Normalize.MAP, "grid.map." + layer);
    assertDraws(layer, Normalize.LAYER, "grid.layer." + layer);
  }

  private static void assertDraws(String layer, Normalize normalize, String expectedName) {
    long[] shape = TorchFixture.shape("out." + layer);
    float[] maps = TorchFixture.floats("out." + layer);
    GrayImage picture =
        FeatureMapGrid.draw(
            normalize.apply(maps, (int) shape[1], Normalize.Zero.ANY),
            (int) shape[1],
            (int) shape[2],
            (int) shape[3],
            new GridOptions(3, 1, 0.25f));
    byte[] expected = TorchFixture.bytes(expectedName);
    long[] size = TorchFixture.shape(expectedName);
    assertThat(picture.height()).isEqualTo((int) size[0]);
    assertThat(picture.width()).isEqualTo((int) size[1]);
    byte[] actual = new byte[expected.length];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = (byte) picture.pixel(i / picture.width(), i % picture.width());
    }
    assertThat(actual).as(expectedName).isEqualTo(expected);
    assertThat(maps).isEqualTo(TorchFixture.floats("out." + layer));
  }

  /** The reference's own feature maps of its first three images must give its pictures exactly. */
  @Test
  @EnabledIfEnvironmentVariable(
      named = Shared.VARIABLE,
      matches = ".+",
      disabledReason = Shared.ABSENT)
  void drawsTheReferencesPicturesExactly() throws IOException {
    Map<String, Integer> compared = new TreeMap<>();
    try (ZipFile npz = new ZipFile(Shared.reference("features_1-3.npz").toFile())) {
      for (var entry : npz.stream().toList()) {
        Npy array = Npy.parse(npz.getInputStream(entry).readAllBytes());
        Matcher name =
            Pattern.compile("(\\d+)-(\\d+)[/_](\\w+_\\d)\\.npy").matcher(entry.getName());
        if (!name.matches()) {
          continue;
        }
        String picture = name.group(1) + "-" + name.group(2) + "/" + name.group(3) + ".png";
        int[] s = Arrays.copyOfRange(array.shape, array.shape.length - 3, array.shape.length);
        for (Reference reference : REFERENCES) {
          String file = reference.folder + "/" + picture;
          if (Files.exists(Shared.reference(file))) {
            compare(array, s, reference, file);
            compared.merge(reference.folder, 1, Integer::sum);
          }
        }
      }
    }
    assertThat(compared)
        .isEqualTo(
            Map.of(
                "save_image",
                27,
                "save_image_nrow5_pad1_white",
                18,
                "save_image_normalize_map",
                18,
                "save_image_normalize_layer",
                18));
  }

  private static void compare(Npy array, int[] s, Reference reference, String picture)
      throws IOException {
    BufferedImage expected = ImageIO.read(Shared.reference(picture).toFile());
    GrayImage actual =
        FeatureMapGrid.draw(
            reference.normalize.apply(array.values, s[0], Normalize.Zero.ANY),
            s[0],
            s[1],
            s[2],
            reference.options);
    assertThat(actual.height()).as(picture).isEqualTo(expected.getHeight());
    assertThat(actual.width()).as(picture).isEqualTo(expected.getWidth());
    for (int y = 0; y < actual.height(); y++) {
      for (int x = 0; x < actual.width(); x++) {
        assertThat(actual.pixel(y, x))
            .as("%s at %d,%d", picture, x, y)
            .isEqualTo(expected.getRGB(x, y) & 0xff);
      }
    }
  }

  private record Npy(int[] shape, float[] values) {
    static Npy parse(byte[] file) {
      ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      int header = buffer.getShort(8);
      String text = new String(file, 10, header, StandardCharsets.US_ASCII);
      assertThat(text).contains("'<f4'").contains("'fortran_order': False");
      String shape = text.replaceAll("(?s).*'shape': \\(([^)]*)\\).*", "$1");
      int[] sizes =
          Arrays.stream(shape.split(",\\s*"))
              .filter(s -> !s.isBlank())
              .mapToInt(Integer::parseInt)
              .toArray();
      float[] values = new float[(file.length - 10 - header) / 4];
      buffer
          .position(10 + header)
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      return new Npy(sizes, values);
    }
  }
}
