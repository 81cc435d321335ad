package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngWriterTest {
  private static GrayImage noise(int height, int width) {
    byte[] pixels = new byte[height * width];
    new Random(1).nextBytes(pixels);
    return new GrayImage(height, width, pixels);
  }

  private static byte[] encode(PngWriter writer, GrayImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(picture, out);
    return out.toByteArray();
  }

  private static byte[] encode(GrayImage picture) throws IOException {
    try (PngWriter writer = new PngWriter()) {
      return encode(writer, picture);
    }
  }

  /** Noise does not compress: 600 x 700 of it makes a stream of several buffers' length. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 300", "300, 1", "122, 242", "600, 700"})
  void writesWhatEveryReaderReadsBack(int height, int width) throws IOException {
    GrayImage picture = noise(height, width);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(encode(picture)));
    assertThat(read.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(read.getHeight()).isEqualTo(height);
    assertThat(read.getWidth()).isEqualTo(width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat(read.getRaster().getSample(x, y, 0)).isEqualTo(picture.pixel(y, x));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 300", "300, 1", "200, 250"})
  void writesColoursThatEveryReaderReadsBack(int height, int width) throws IOException {
    byte[] pixels = new byte[height * width * 3];
    new Random(2).nextBytes(pixels);
    RgbImage picture = new RgbImage(height, width, pixels);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PngWriter writer = new PngWriter()) {
      writer.write(picture, out);
    }
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(read.getHeight()).isEqualTo(height);
    assertThat(read.getWidth()).isEqualTo(width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat(read.getRGB(x, y) & 0xffffff).isEqualTo(picture.pixel(y, x));
      }
    }
  }

  @Test
  void writesChunksWithRightChecksums() throws IOException {
    ByteBuffer png = ByteBuffer.wrap(encode(noise(600, 700)));
    assertThat(png.getLong()).isEqualTo(0x89504e470d0a1a0aL);
    List<String> names = new ArrayList<>();
    while (png.hasRemaining()) {
      byte[] typeAndData = new byte[4 + png.getInt()];
      png.get(typeAndData);
      CRC32 crc = new CRC32();
      crc.update(typeAndData);
      String name = new String(typeAndData, 0, 4, StandardCharsets.US_ASCII);
      assertThat(png.getInt()).as(name).isEqualTo((int) crc.getValue());
      names.add(name);
    }
    assertThat(names).startsWith("IHDR", "IDAT").endsWith("IEND");
    assertThat(names.subList(1, names.size() - 1)).containsOnly("IDAT");
  }

  @Test
  void writesTheSameBytesWhateverItWroteBefore() throws IOException {
    GrayImage picture = noise(40, 50);
    try (PngWriter writer = new PngWriter()) {
      byte[] first = encode(writer, picture);
      assertThat(encode(writer, noise(7, 3))).isNotEqualTo(first);
      assertThat(encode(writer, picture)).isEqualTo(first).isEqualTo(encode(picture));
      assertThat(encode(writer, picture)).isEqualTo(first);
    }
  }

  private static RgbImage colors(int count, int first) {
    byte[] pixels = new byte[4 * count * 3];
    for (int i = 0; i < 4 * count; i++) {
      int color = first + i % count * 257;
      pixels[3 * i] = (byte) (color >> 16);
      pixels[3 * i + 1] = (byte) (color >> 8);
      pixels[3 * i + 2] = (byte) color;
    }
    return new RgbImage(4, count, pixels);
  }

  private static byte[] encode(PngWriter writer, RgbImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(picture, out);
    return out.toByteArray();
  }

  /** Where more colours come than a palette holds, the picture is written with three channels. */
  @ParameterizedTest
  @CsvSource({"1, 3", "2, 3", "255, 3", "256, 3", "257, 2"})
  void writesFewColoursAsAPalette(int count, int type) throws IOException {
    RgbImage picture = colors(count, 0x30000);
    try (PngWriter writer = new PngWriter()) {
      byte[] file = encode(writer, picture);
      assertThat(file[25]).isEqualTo((byte) type);
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < count; x++) {
          assertThat(read.getRGB(x, y) & 0xffffff).isEqualTo(picture.pixel(y, x));
        }
      }
    }
  }

  @Test
  void tellsPicturesApartThatDifferInTheirColoursOnly() throws IOException {
    try (PngWriter writer = new PngWriter()) {
      byte[] first = encode(writer, colors(9, 0));
      long number = writer.fingerprint();
      byte[] second = encode(writer, colors(9, 0x10000));
      assertThat(writer.isRepeated()).isFalse();
      assertThat(second).hasSameSizeAs(first).isNotEqualTo(first);
      assertThat(writer.fingerprint()).isNotEqualTo(number);
      assertThat(encode(writer, colors(9, 0))).isEqualTo(first);
      assertThat(writer.fingerprint()).isEqualTo(number);
    }
  }

  /** The same bytes of another size, and of another kind, are another picture. */
  @Test
  void doesNotTakePicturesOfTheSameBytesForTheSame() throws IOException {
    byte[] grey = {0, 1, 2, 0, 1, 2};
    try (PngWriter writer = new PngWriter()) {
      GrayImage wide = new GrayImage(1, 6, grey);
      GrayImage high = new GrayImage(2, 3, grey);
      assertThat(encode(writer, wide)).isEqualTo(encode(wide));
      assertThat(encode(writer, high)).isEqualTo(encode(high)).isNotEqualTo(encode(wide));
      ByteArrayOutputStream coloured = new ByteArrayOutputStream();
      writer.write(new RgbImage(1, 2, grey), coloured);
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(coloured.toByteArray()));
      assertThat(read.getWidth()).isEqualTo(2);
      assertThat(read.getRGB(0, 0) & 0xffffff).isEqualTo(0x000102);
    }
  }
}
