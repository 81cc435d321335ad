package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Original;
import io.fmviz.dataset.file.ImageFile;
import io.fmviz.dataset.photo.Filter.Window;
import io.fmviz.dataset.photo.PhotoReader.ScaledPhoto;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that are read strip by strip are what they are when they are read as a whole. */
class StripsTest {
  private static final Scaling SMALLER =
      new Scaling(
          new Size(9, 11), new Window(1, 7), new Window(2, 8), Interpolation.BICUBIC, false);

  @TempDir private Path folder;

  private static Pixels random(int height, int width, int channels) {
    byte[] values = new byte[height * width * channels];
    new Random(7).nextBytes(values);
    return Pixels.of(values, height, width, channels);
  }

  /** Rows of a picture, as a decoder would give them. */
  private static Flattened rows(Pixels picture, int from, int count) {
    int row = picture.steps().row();
    byte[] values = new byte[count * row];
    System.arraycopy(picture.data(), from * row, values, 0, values.length);
    return new Flattened(
        Pixels.of(values, count, picture.width(), picture.channels()), false, null);
  }

  private static void assertEqual(Pixels picture, int orientation, int strip, Scaling scaling) {
    Pixels upright = picture.upright(orientation);
    StripScaler scaler =
        new StripScaler(new Size(upright.height(), upright.width()), orientation, scaling);
    for (int top = 0; top < picture.height(); top += strip) {
      scaler.add(top, rows(picture, top, Math.min(strip, picture.height() - top)));
    }
    Scaled whole = scaling.apply(upright);
    Scaled strips = scaler.scaled();
    assertThat(strips.values()).isEqualTo(whole.values());
    assertThat(strips.channels()).isEqualTo(whole.channels());
    assertThat(strips.original()).isEqualTo(whole.original());
  }

  static IntStream orientations() {
    return IntStream.rangeClosed(1, 8);
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void areScaledToTheByteHoweverThePictureLies(int orientation) {
    for (int channels : new int[] {1, 3}) {
      for (int strip : new int[] {1, 5, 36, 37}) {
        assertEqual(random(37, 53, channels), orientation, strip, SMALLER);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void areScaledToTheByteByEveryFilterAndToEverySize(Interpolation interpolation) {
    for (int[] size : new int[][] {{5, 4}, {37, 53}, {37, 20}, {12, 53}, {80, 90}, {1, 1}}) {
      Scaling scaling =
          new Scaling(
              new Size(size[0], size[1]),
              new Window(0, size[0]),
              new Window(0, size[1]),
              interpolation,
              true);
      for (int orientation : new int[] {1, 3, 6, 8}) {
        assertEqual(random(37, 53, 3), orientation, 8, scaling);
      }
    }
  }

  /** Each kind of pixels that decoders give: in rows, in tiles, with alpha, of 16 bits, inks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alpha.png",
        "alpha.tif",
        "bits.png",
        "cmyk.jpg",
        "color.png",
        "deep-alpha.tif",
        "deep.png",
        "deep-gray.png",
        "exif-3.jpg",
        "exif-6.jpg",
        "exif-7.tif",
        "full.jpg",
        "gray-alpha.png",
        "gray.bmp",
        "gray.jpg",
        "gray.png",
        "guessed.tif",
        "palette-alpha.png",
        "palette.bmp",
        "palette2.png",
        "packbits.tif",
        "plain.bmp",
        "planes.tif",
        "profile.jpg",
        "progressive.jpg",
        "rgb.jpg",
        "tiff_lzw.tif",
        "transparent.png",
        "twelve.png",
        "twelve-stretched.png"
      })
  void ofFilesAreWhatTheWholeIs(String name) {
    Path file = PhotoFiles.file(name);
    PhotoReader.Photo whole = PhotoReader.read(file);
    for (int strip : new int[] {1, 70, 200}) {
      ScaledPhoto strips = PhotoReader.scaled(ImageFile.open(file, strip), original -> SMALLER);
      assertThat(strips.scaled().values()).isEqualTo(SMALLER.apply(whole.pixels()).values());
      assertThat(strips.reading()).isEqualTo(whole.reading());
    }
  }

  /** A PNG of one grey, row by row: what a picture of any size takes. */
  private Path png(String name, int height, int width, int rows) throws IOException {
    Path file = folder.resolve(name);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED))) {
      byte[] row = new byte[1 + width];
      Arrays.fill(row, 1, row.length, (byte) 200);
      for (int y = 0; y < rows; y++) {
        out.write(row);
      }
    }
    try (OutputStream out = Files.newOutputStream(file);
        DataOutputStream data = new DataOutputStream(out)) {
      data.writeLong(0x89504e470d0a1a0aL);
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      new DataOutputStream(header).writeInt(width);
      new DataOutputStream(header).writeInt(height);
      header.write(new byte[] {8, 0, 0, 0, 0});
      chunk(data, "IHDR", header.toByteArray());
      chunk(data, "IDAT", packed.toByteArray());
      chunk(data, "IEND", new byte[0]);
    }
    return file;
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] named = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(named);
    crc.update(content);
    out.writeInt(content.length);
    out.write(named);
    out.write(content);
    out.writeInt((int) crc.getValue());
  }

  @Test
  void makeAPictureOfAHundredMillionPixelsReadable() throws IOException {
    Path file = png("large.png", 10_000, 10_000, 10_000);
    PhotoImages images = PhotoFiles.images(PhotoFiles.square(24), file);
    assertThat(images.picture(0).values()).hasSize(3 * 24 * 24).containsOnly((byte) 200);
    assertThat(images.placement(0).original()).isEqualTo(new Size(10_000, 10_000));

    Original original = images.original(0);
    assertThat(original.picture().height()).isEqualTo(2048);
    assertThat(original.picture().width()).isEqualTo(2048);
    assertThat(original.picture().values()).containsOnly((byte) 200);
    assertThat(original.top()).isEqualTo(images.placement(0).part().top() * 0.2048);
    assertThat(original.right()).isEqualTo(images.placement(0).part().right() * 0.2048);
  }

  /** A billion pixels are claimed, and some hundred bytes are there. */
  @Test
  void ofAPictureThatEndsEarlyAreNotWaitedFor() throws IOException {
    Path file = png("cut.png", 31_000, 31_000, 3);
    assertThatThrownBy(() -> PhotoFiles.images(PhotoFiles.square(24), file).picture(0))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is not a complete PNG: it ends early; save it again as a PNG or JPEG");
  }

  @Test
  void areCountedToABillionPixels() throws IOException {
    Path file = png("too.png", 40_000, 30_000, 1);
    assertThatThrownBy(() -> PhotoFiles.images(PhotoFiles.square(24), file).picture(0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is 30000 x 40000 pixels: at most 1,000 million, 100,000 in a row, are taken;"
                + " make it smaller");
  }

  /** An interlaced one has all its rows in each of seven passes. */
  @Test
  void areNothingForAPictureThatIsDecodedAllAtOnce() throws IOException {
    byte[] bytes = Files.readAllBytes(png("interlaced.png", 10_000, 10_000, 1));
    bytes[28] = 1;
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, 17);
    for (int i = 0; i < 4; i++) {
      bytes[29 + i] = (byte) (crc.getValue() >>> (24 - 8 * i));
    }
    Path file = Files.write(folder.resolve("interlaced.png"), bytes);
    assertThatThrownBy(() -> PhotoFiles.images(PhotoFiles.square(24), file).picture(0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is 10000 x 10000 pixels: at most 64 million of a picture that is decoded all at"
                + " once, 30,000 in a row, are taken; make it smaller");
  }
}
