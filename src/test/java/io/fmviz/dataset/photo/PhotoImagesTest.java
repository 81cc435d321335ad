package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Original;
import io.fmviz.dataset.PassedOver;
import io.fmviz.dataset.Reading;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoImagesTest {
  @TempDir private Path folder;

  private static Preprocessing reading(ChannelOrder order, double range, String mean, String std) {
    return Preprocessing.resolve(
        new ReadingChoice(
            new ReadingChoice.Geometry(Fit.STRETCH, new Size(2, 2), null, null),
            new ReadingChoice.Scaling(
                range, ChannelValues.parse("mean", mean), ChannelValues.parse("std", std)),
            order,
            null,
            null),
        new long[] {1, 3, -1, -1},
        null,
        Map.of());
  }

  private static float[] values(PhotoImages images) {
    float[] values = new float[images.size()];
    images.copyTo(FloatBuffer.wrap(values), 0);
    return values;
  }

  @Test
  void areNamedByTheirFiles() {
    PhotoImages images =
        PhotoFiles.images(
            PhotoFiles.square(8), PhotoFiles.file("color.png"), PhotoFiles.file("exif-6.jpg"));
    assertThat(images.title(1)).isEqualTo("image_2-exif-6");
    assertThat(images.source(0)).isEqualTo(PhotoFiles.file("color.png").toString());
    assertThat(List.of(images.count(), images.channels(), images.height(), images.width()))
        .containsExactly(2, 3, 8, 8);
    assertThat(images.isLazy()).isTrue();
    assertThat(images.first(1).count()).isEqualTo(1);
    assertThat(images.isLabeled(0)).isFalse();
  }

  @Test
  void areNeverInvertedAndSayWhatWasDoneToThem() {
    PhotoImages images =
        PhotoFiles.images(
            PhotoFiles.square(8),
            PhotoFiles.file("color.png"),
            PhotoFiles.file("exif-6.jpg"),
            PhotoFiles.file("alpha.png"));
    assertThat(images.reading(0)).isEqualTo(new Reading(null, null, 1, null, null));
    assertThat(images.reading(1)).isEqualTo(new Reading(null, null, 6, null, null));
    assertThat(images.reading(2)).isEqualTo(new Reading(null, null, 1, null, "over white"));
    assertThat(images.reading(0).ground()).isNull();
  }

  @Test
  void giveBytesInTheRangeAndOrderThatIsAskedFor() {
    Path dot = PhotoFiles.file("dot.png");
    PhotoImages plain = PhotoFiles.images(reading(ChannelOrder.RGB, 255, "none", "none"), dot);
    float red = plain.picture(0).value(0, 0, 0);
    float green = plain.picture(0).value(0, 0, 1);
    float blue = plain.picture(0).value(0, 0, 2);
    assertThat(values(plain))
        .containsExactly(red, red, red, red, green, green, green, green, blue, blue, blue, blue);
    PhotoImages turned =
        PhotoFiles.images(reading(ChannelOrder.BGR, 255, "imagenet", "1,2,4"), dot);
    assertThat(values(turned)[0]).isEqualTo(blue - (float) (0.406 * 255));
    assertThat(values(turned)[8]).isEqualTo((red - (float) (0.485 * 255)) / 4);
    PhotoImages gray = PhotoFiles.images(reading(ChannelOrder.GRAY, 1, "half", "half"), dot);
    float level = gray.picture(0).value(0, 0, 0) / 255f;
    assertThat(gray.picture(0).channels()).isEqualTo(1);
    assertThat(values(gray)).containsOnly((level - 0.5f) / 0.5f).hasSize(12);
  }

  @Test
  void passOverWhatIsBrokenInOrder() throws IOException {
    Path broken = Files.writeString(folder.resolve("b.png"), "no picture");
    PhotoImages images =
        PhotoFiles.images(PhotoFiles.square(8), broken, PhotoFiles.file("color.png"), broken);
    assertThatThrownBy(() -> images.copyTo(FloatBuffer.allocate(192), 0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            broken
                + " is not a picture: it begins like no PNG, JPEG, GIF, BMP, WebP or TIFF; save it again as a PNG or JPEG");
    images.passOver(2, "later");
    images.passOver(0, "sooner");
    images.passOver(2, "again");
    assertThat(images.passedOver())
        .containsExactly(
            new PassedOver(0, broken.toString(), "sooner"),
            new PassedOver(2, broken.toString(), "later"));
  }

  @Test
  void canBeAskedForByManyThreadsAtOnce() {
    Path[] files = new Path[60];
    for (int i = 0; i < files.length; i++) {
      files[i] = PhotoFiles.file(i % 2 == 0 ? "color.png" : "tall.png");
    }
    PhotoImages images = PhotoFiles.images(PhotoFiles.square(224), files);
    byte[] even = images.picture(0).values();
    byte[] odd = images.picture(1).values();
    assertThat(
            IntStream.range(0, 600)
                .parallel()
                .allMatch(
                    i -> Arrays.equals(images.picture(i % 60).values(), i % 2 == 0 ? even : odd)))
        .isTrue();
  }

  /** A picture of 48 x 64 in a square of 32, of which 28 are cut out. */
  @Test
  void knowWhereTheyLieOnTheirPicture() {
    Preprocessing crop = PhotoFiles.square(28);
    Placement placed = Placement.of(crop, new Size(48, 64));
    assertThat(placed)
        .isEqualTo(new Placement(new Size(48, 64), new Size(32, 42), 2, 7, new Size(28, 28)));
    assertThat(placed.part().top()).isEqualTo(3);
    assertThat(placed.part().bottom()).isEqualTo(45);
    assertThat(placed.part().left()).isCloseTo(7 * 64 / 42.0, within(1e-9));
    assertThat(placed.part().right()).isCloseTo(35 * 64 / 42.0, within(1e-9));
  }

  /** Too long a strip is scaled only where it is seen. */
  @Test
  void takeWhatIsVeryLong() throws IOException {
    Path file = folder.resolve("long.png");
    BufferedImage line = new BufferedImage(20_000, 1, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(line, "png", file.toFile());
    PhotoImages images = PhotoFiles.images(PhotoFiles.square(224), file);
    assertThat(images.picture(0).values()).containsOnly(0);
    assertThat(images.placement(0).scaled()).isEqualTo(new Size(256, 5_120_000));
  }

  /**
   * 45 x 60 pixels, scaled to 32 x 42, of which 28 x 28 are seen; and turned, as its EXIF
   * orientation says.
   */
  @Test
  void knowTheWholePictureAndWhatIsSeenOfIt() {
    PhotoImages images =
        PhotoFiles.images(
            PhotoFiles.square(28), PhotoFiles.file("color.png"), PhotoFiles.file("exif-6.jpg"));
    Original original = images.original(0);
    assertThat(List.of(original.picture().height(), original.picture().width()))
        .containsExactly(45, 60);
    assertThat(List.of(original.top(), original.bottom())).containsExactly(2.8125, 42.1875);
    assertThat(original.left()).isCloseTo(10, within(1e-9));
    assertThat(original.right()).isCloseTo(50, within(1e-9));
    Original turned = images.original(1);
    Size upright = images.placement(1).original();
    assertThat(List.of(turned.picture().height(), turned.picture().width()))
        .containsExactly(upright.height(), upright.width());
  }

  @Test
  void lieWithinTheirLetterbox() {
    Preprocessing box =
        Preprocessing.resolve(
            new ReadingChoice(
                new ReadingChoice.Geometry(Fit.LETTERBOX, null, null, null),
                ReadingChoice.NONE.scaling(),
                null,
                null,
                null),
            new long[] {-1, 3, 32, 32},
            null,
            Map.of());
    Original original = PhotoFiles.images(box, PhotoFiles.file("color.png")).original(0);
    // Scaled to 24 x 32: 4 rows of grey above and below are 7.5 of the original's.
    assertThat(List.of(original.top(), original.left(), original.bottom(), original.right()))
        .containsExactly(-7.5, 0.0, 52.5, 60.0);
  }
}
