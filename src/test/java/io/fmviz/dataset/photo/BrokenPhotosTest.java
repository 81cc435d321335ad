package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenPhotosTest {
  @TempDir private Path folder;

  private static byte[] pixels(Path file) {
    Pixels pixels = PhotoReader.read(file).pixels();
    Pixels whole =
        Pixels.of(
            new byte[3 * pixels.height() * pixels.width()], pixels.height(), pixels.width(), 3);
    pixels.copyTo(whole, 0, 0);
    return whole.data();
  }

  /** What ends before its last pixel is refused; what lacks only what is behind it may be taken. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "color.png",
        "deep.png",
        "rgb.jpg",
        "progressive.jpg",
        "cmyk.jpg",
        "plain.gif",
        "plain.bmp",
        "palette.bmp",
        "lossy.webp",
        "lossless.webp",
        "alpha.webp",
        "raw.tif",
        "tiff_lzw.tif",
        "tiff_adobe_deflate.tif",
        "packbits.tif"
      })
  void isNeverShownInPart(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(PhotoFiles.file(name));
    byte[] whole = pixels(PhotoFiles.file(name));
    Path file = folder.resolve(name);
    for (int length = 0; length < bytes.length; length += 1 + bytes.length / 80) {
      Files.write(file, Arrays.copyOf(bytes, length));
      try {
        assertThat(Arrays.equals(pixels(file), whole))
            .as("%d of %d bytes", length, bytes.length)
            .isTrue();
      } catch (UserException e) {
        assertThat(e.getMessage()).startsWith(file + " is ").hasLineCount(1);
      }
    }
  }

  /** Whatever the bytes are: a picture, or one line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "palette.png",
        "exif-6.jpg",
        "cmyk.jpg",
        "glass.gif",
        "plain.bmp",
        "lossy.webp",
        "lossless.webp",
        "tiff_lzw.tif",
        "exif-6.tif"
      })
  void isAPictureOrOneLine(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(PhotoFiles.file(name));
    Random random = new Random(1);
    Path file = folder.resolve(name);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = bytes.clone();
      for (int k = 0; k <= i % 4; k++) {
        damaged[random.nextInt(Math.min(damaged.length, i % 2 == 0 ? 100 : 5000))] =
            (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try {
        pixels(file);
      } catch (UserException e) {
        assertThat(e.getMessage()).contains(name).hasLineCount(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text|is not a picture: it begins like no PNG, JPEG, GIF, BMP, WebP or TIFF; save it again as a PNG or JPEG",
        "GIF89a|is not a complete GIF: it ends early; save it again as a PNG or JPEG",
        "%PDF-1.4|is a PDF document, not a picture; save it again as a PNG or JPEG"
      })
  void isNamedInOneLine(String content, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("x.webp"), content);
    assertThatThrownBy(() -> PhotoReader.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " " + message);
  }

  /** A GIF's frame claims 20,000 x 20,000 pixels. */
  @Test
  void isRefusedBeforeItIsDecodedIfItIsTooLarge() throws IOException {
    byte[] bytes = Files.readAllBytes(PhotoFiles.file("plain.gif"));
    int descriptor = descriptor(bytes);
    for (int at : new int[] {5, 7}) {
      bytes[descriptor + at] = 0x20;
      bytes[descriptor + at + 1] = 0x4e;
    }
    Path file = Files.write(folder.resolve("huge.gif"), bytes);
    assertThatThrownBy(() -> PhotoReader.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is 20000 x 20000 pixels: at most 64 million, 30,000 in a row, are taken; make it"
                + " smaller");
  }

  /** Where a GIF's frame is described. */
  private static int descriptor(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(",\0\0\0\0 \0\u0018\0");
  }

  /** From -2,147,483,648 on, the product of two sides may be anything. */
  @Test
  void isRefusedIfItClaimsLessThanNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(PhotoFiles.file("raw.tif"));
    bytes[21] = (byte) 0x80;
    Path file = Files.write(folder.resolve("less.tif"), bytes);
    assertThatThrownBy(() -> PhotoReader.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is not a complete TIFF: it claims to be -2147483616 x 24 pixels; save it again as a PNG"
                + " or JPEG");
  }

  /** A GIF's first frame may lie anywhere on a screen of its own. */
  @Test
  void isNoPictureWhereAGifsFrameIsFarAway() throws IOException {
    byte[] bytes = Files.readAllBytes(PhotoFiles.file("plain.gif"));
    int descriptor = descriptor(bytes);
    bytes[descriptor + 1] = 10;
    Path file = Files.write(folder.resolve("moved.gif"), bytes);
    Pixels moved = PhotoReader.read(file).pixels();
    assertThat(new int[] {moved.height(), moved.width()}).isEqualTo(new int[] {24, 42});
    assertThat(moved.value(5, 9, 0)).isEqualTo(255);
    Pixels plain = PhotoReader.read(PhotoFiles.file("plain.gif")).pixels();
    assertThat(moved.value(5, 15, 1)).isEqualTo(plain.value(5, 5, 1));
    bytes[descriptor + 2] = 127;
    Files.write(file, bytes);
    assertThatThrownBy(() -> PhotoReader.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("moved.gif is 32554 x 24 pixels");
  }
}
