package io.fmviz.dataset.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpegScansTest {
  @TempDir private Path folder;

  private static long work(byte[] jpeg) throws IOException {
    return JpegScans.work(new ByteArrayInputStream(jpeg));
  }

  private static int scans() {
    byte[] jpeg = HostilePictures.jpeg(true);
    return new String(jpeg, StandardCharsets.ISO_8859_1).split("\u00ff\u00da", -1).length - 1;
  }

  @Test
  void goOverAllPixelsEach() throws IOException {
    assertThat(work(HostilePictures.jpeg(false))).isEqualTo(256);
    assertThat(scans()).isGreaterThan(3);
    assertThat(work(HostilePictures.jpeg(true))).isEqualTo(256L * scans());
    assertThat(work(HostilePictures.manyScans(8000, 50))).isEqualTo(64_000_000L * (scans() + 50));
  }

  /** A thumbnail is a JPEG within a segment, and none of the picture's scans. */
  @Test
  void areNotThoseOfAThumbnail() throws IOException {
    byte[] thumbnail = HostilePictures.manyScans(8000, 50);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe1});
    bytes.write((thumbnail.length + 2) >> 8);
    bytes.write(thumbnail.length + 2);
    bytes.write(thumbnail);
    byte[] jpeg = HostilePictures.jpeg(true);
    bytes.write(jpeg, 2, jpeg.length - 2);
    assertThat(work(bytes.toByteArray())).isEqualTo(256L * scans());
  }

  @Test
  void areCountedAlsoWhereAFileIsCutShort() throws IOException {
    byte[] jpeg = HostilePictures.manyScans(8000, 3);
    for (int length = 0; length < jpeg.length; length++) {
      long work = work(Arrays.copyOf(jpeg, length));
      assertThat(work).isBetween(0L, 64_000_000L * (scans() + 3));
    }
  }

  private static int[] pixels(Path file) {
    try (ImageFile image = ImageFile.open(file)) {
      return image.decode(
          (reader, height, width) -> reader.read(0).getRGB(0, 0, width, height, null, 0, width));
    }
  }

  private void assertRefused(String name, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    long millions = 64L * (scans() + 50);
    assertThatThrownBy(() -> pixels(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s is a JPEG of too many scans: its 8000 x 8000 pixels times these are %,d million, and at most 2,000 million are decoded; save it again"
                .formatted(file, millions));
  }

  @Test
  void ofAKilobyteThatWouldBeDecodedForAMinuteAreRefused() throws IOException {
    byte[] jpeg = HostilePictures.manyScans(8000, 50);
    assertThat(jpeg.length).isLessThan(5000);
    assertRefused("x.jpg", jpeg);
    assertRefused("x.tif", HostilePictures.inTiff(jpeg, 8000));
  }

  @Test
  void areTakenAsTheyAreInPicturesOfAnyFormat() throws IOException {
    byte[] jpeg = HostilePictures.jpeg(true);
    int[] plain = pixels(Files.write(folder.resolve("x.jpg"), jpeg));
    Path tiff = Files.write(folder.resolve("x.tif"), HostilePictures.inTiff(jpeg, 16));
    assertThat(pixels(tiff)).isEqualTo(plain);
  }

  /** Such a chain took the reader's stack, and with it the whole command. */
  @Test
  void aChainOfDirectoriesIsOneBrokenPicture() throws IOException {
    Path file =
        Files.write(folder.resolve("chain.tif"), HostilePictures.chainOfDirectories(50_000));
    assertThatThrownBy(() -> pixels(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + " is not a complete TIFF: ");
  }

  /** A megabyte, read for each of 60,000 tags, took minutes. */
  @Test
  void tagsWithMoreBytesThanTheFileAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("tags.tif"), HostilePictures.sameTags(60_000));
    assertThatThrownBy(() -> pixels(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is not a complete TIFF: its tags have more bytes than the file; save it again as a PNG"
                + " or JPEG");
  }
}
