package io.fmviz.dataset.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.dataset.Reading;
import io.fmviz.dataset.digit.DigitFiles;
import io.fmviz.dataset.digit.FileImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTagsTest {
  @TempDir private Path folder;

  /** A TIFF header and one tag, as EXIF has them. */
  private static byte[] exif(int orientation) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(0x4d4d002a); // "MM", 42
    data.writeInt(8);
    data.writeShort(1);
    data.writeShort(0x0112);
    data.writeShort(3);
    data.writeInt(1);
    data.writeShort(orientation);
    data.writeShort(0);
    data.writeInt(0);
    return bytes.toByteArray();
  }

  private static byte[] encoded(BufferedImage image, String type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, type, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] more) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, all, at, more.length);
    System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
    return all;
  }

  private static byte[] jpeg(BufferedImage image, byte[] exif) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream segment = new DataOutputStream(bytes);
    segment.writeShort(0xffe1);
    segment.writeShort(exif.length + 8);
    segment.write("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    segment.write(exif);
    return inserted(encoded(image, "jpeg"), 20, bytes.toByteArray());
  }

  private static byte[] png(BufferedImage image, byte[] exif) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream chunk = new DataOutputStream(bytes);
    chunk.writeInt(exif.length);
    byte[] body = inserted(exif, 0, "eXIf".getBytes(StandardCharsets.US_ASCII));
    chunk.write(body);
    CRC32 crc = new CRC32();
    crc.update(body);
    chunk.writeInt((int) crc.getValue());
    return inserted(encoded(image, "png"), 33, bytes.toByteArray());
  }

  private static ImageTags read(byte[] file, boolean png) throws IOException {
    return ImageTags.read(new ByteArrayInputStream(file), png ? ImageFormat.PNG : ImageFormat.JPEG);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsTheOrientationOfJpegsAndPngs(int orientation) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(read(jpeg(image, exif(orientation)), false))
        .isEqualTo(new ImageTags(orientation, 3, 0, 0, false, false, null));
    assertThat(read(png(image, exif(orientation)), true))
        .isEqualTo(new ImageTags(orientation, 0, 0, 0, false, false, null));
  }

  @Test
  void takesBrokenTagsForNone() throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(read(jpeg(image, exif(9)), false).orientation()).isEqualTo(1);
    assertThat(read(jpeg(image, new byte[] {1, 2, 3}), false).orientation()).isEqualTo(1);
    assertThat(read(png(image, new byte[0]), true).orientation()).isEqualTo(1);
    assertThat(read(new byte[] {1, 2}, false))
        .isEqualTo(new ImageTags(1, 0, 0, 0, false, false, null));
  }

  @Test
  void readsAPhotographAsItIsSeen() throws IOException {
    BufferedImage lying = new BufferedImage(40, 60, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage standing = new BufferedImage(60, 40, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 10; i < 35; i++) {
      for (int j = 0; j < 8; j++) {
        standing.setRGB(i, 8 + j, -1);
        standing.setRGB(10 + j, i, -1);
        // Turned to the right by a viewer: (x, y) of the file is (height - 1 - y, x) as seen.
        lying.setRGB(8 + j, 59 - i, -1);
        lying.setRGB(i, 59 - 10 - j, -1);
      }
    }
    Path file = folder.resolve("lying.png");
    Files.write(file, png(lying, exif(6)));
    Path seen = Files.write(folder.resolve("seen.png"), encoded(standing, "png"));
    FileImages turned = DigitFiles.of(file, null);
    FileImages upright = DigitFiles.of(seen, null);
    assertThat(turned.picture(0).values()).isEqualTo(upright.picture(0).values());
    assertThat(turned.reading(0)).isEqualTo(new Reading(false, true, 6, null));
    assertThat(upright.reading(0)).isEqualTo(new Reading(false, true, 1, null));
  }
}
