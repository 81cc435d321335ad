package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Doubt;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that are read with a guess, or come out so that a person should look. */
class DoubtedPhotosTest {
  @TempDir private Path folder;

  private static PhotoImages read(Path file) {
    PhotoImages images = PhotoFiles.images(PhotoFiles.square(24), file);
    images.copyTo(FloatBuffer.allocate(images.size()), 0);
    return images;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "guessed.tif|has floats from -1,000 to 1,000 and does not say which are black and white:"
            + " these were taken",
        "guessed-bytes.tif|has floats up to 128 and does not say which is white: 255 was taken",
        "twelve-unsaid.png|comes out dark: its samples go up to 4,095 of 65,535, as if they had 12"
            + " of its 16 bits",
        "signed-unsaid.tif|comes out nearly of one grey: its samples are from -1,000 to 3,095, and"
            + " those of 16 bits from -32,768 to 32,767",
        "dark.png|comes out nearly black",
        "light.png|comes out nearly white"
      })
  void areNamedWithTheReason(String name, String doubt) {
    Path file = PhotoFiles.file(name);
    PhotoImages images = read(file);
    assertThat(images.reading(0).doubt()).isEqualTo(doubt);
    assertThat(images.doubts()).containsExactly(new Doubt(0, doubt));
  }

  /** Values as the file says them, and the usual pictures, are no guess. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "color.png", "gray.png", "deep.png", "twelve.tif", "twelve-in-sixteen.tif", "twelve.png",
        "twelve-stretched.png", "signed.tif", "unit.tif", "said.tif", "long.tif", "unspecified.tif"
      })
  void areNotTheUsual(String name) {
    PhotoImages images = read(PhotoFiles.file(name));
    assertThat(images.reading(0).doubt()).isNull();
    assertThat(images.doubts()).isEmpty();
  }

  /** The tag of the bits of a sample is the third; the file is big-endian. */
  @Test
  void areRefusedWhereTheDecoderWouldMakeZerosOfThem() throws IOException {
    byte[] bytes = Files.readAllBytes(PhotoFiles.file("unit-double.tif"));
    assertThat(bytes[43]).isEqualTo((byte) 64);
    bytes[43] = 16;
    Path file = Files.write(folder.resolve("half.tif"), bytes);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is a TIFF of floats of 16 bits, which is not read; save it again as a PNG or"
                + " JPEG");
  }

  @Test
  void areRefusedWhereTheFirstIsASmallVersionOfAnother() throws IOException {
    byte[] bytes = Files.readAllBytes(PhotoFiles.file("gray.tif"));
    // The first tag, the width, becomes NewSubfileType 1 of a camera's raw file.
    int at = 8 + 2;
    assertThat(new int[] {bytes[0], bytes[at] & 0xff, bytes[at + 1]}).containsExactly('I', 0, 1);
    bytes[at] = (byte) 0xfe;
    bytes[at + 1] = 0;
    bytes[at + 8] = 1;
    Path file = Files.write(folder.resolve("x.nef"), bytes);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is a camera's raw picture, or another TIFF that begins with a small version of"
                + " its picture, which is not read; save it again as a PNG or JPEG");
  }
}
