package io.fmviz.dataset.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fmviz.base.FileNames;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.digit.DigitFiles;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  private static final int WHITE = 0xffffffff;
  private static final int BLACK = 0xff000000;

  @TempDir private Path folder;

  private interface Paint {
    int argb(int row, int column);
  }

  private static BufferedImage draw(int height, int width, int type, Paint paint) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, paint.argb(y, x));
      }
    }
    return image;
  }

  private Path write(BufferedImage image, String name) throws IOException {
    Path file = folder.resolve(name);
    assertThat(ImageIO.write(image, name.replaceAll(".*\\.", ""), file.toFile())).isTrue();
    return file;
  }

  private static int[] pixels(Images images, int index) {
    Picture picture = images.picture(index);
    int[] pixels = new int[picture.height() * picture.width()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = picture.value(i / picture.width(), i % picture.width(), 0);
    }
    return pixels;
  }

  private static int[] read(Path file, Boolean invert) {
    Images images = DigitFiles.of(file, invert);
    assertThat(List.of(images.count(), images.height(), images.width()))
        .isEqualTo(List.of(1, 28, 28));
    assertThat(images.label(0)).isEqualTo(Images.NO_LABEL);
    return pixels(images, 0);
  }

  /** A bar of 20 x 10 pixels in the middle: its centre is at (14, 14) as closely as pixels go. */
  private static int[] bar() {
    int[] pixels = new int[28 * 28];
    for (int y = 5; y < 25; y++) {
      Arrays.fill(pixels, y * 28 + 10, y * 28 + 20, 255);
    }
    return pixels;
  }

  @ParameterizedTest
  @CsvSource({
    "40, 20, 100, 90, png, false",
    "40, 20, 100, 90, png, true",
    "20, 10, 28, 28, png, false",
    "10, 5, 11, 7, png, false"
  })
  void fitsStrokesIntoABoxAndCentresTheirMass(
      int high, int wide, int height, int width, String type, boolean invert) throws IOException {
    BufferedImage image =
        draw(
            height,
            width,
            BufferedImage.TYPE_INT_RGB,
            (y, x) -> (y >= 1 && y <= high && x >= 2 && x < 2 + wide) != invert ? WHITE : BLACK);
    int[] actual = read(write(image, "bar." + type), invert);
    assertThat(actual).isEqualTo(bar());
  }

  /** A large picture is averaged in squares of 4 x 4; no edge lies within one here. */
  @Test
  void averagesALargePictureWithoutDroppingPixels() throws IOException {
    BufferedImage image =
        draw(
            2500,
            3000,
            BufferedImage.TYPE_INT_RGB,
            (y, x) -> y >= 400 && y < 1600 && x >= 800 && x < 1400 ? WHITE : BLACK);
    assertThat(read(write(image, "large.png"), null)).isEqualTo(bar());
  }

  /** MNIST's own images are centred already: enlarged, they must come back as they were. */
  @Test
  void leavesAnImageInMnistsFormAsItIs() throws IOException {
    int[] digit = bar();
    for (int y = 5; y < 25; y++) {
      digit[y * 28 + 10] = 128;
      digit[y * 28 + 19] = 128;
    }
    BufferedImage image =
        draw(280, 280, BufferedImage.TYPE_INT_RGB, (y, x) -> gray(digit[y / 10 * 28 + x / 10]));
    assertThat(read(write(image, "digit.png"), false)).isEqualTo(digit);
  }

  private static int gray(int value) {
    return BLACK | value * 0x010101;
  }

  @Test
  void placesTheCentreOfMassNotOfTheBox() throws IOException {
    // An L: 20 rows, a thick foot. Most of its mass is below and to the left of the box's middle.
    BufferedImage image =
        draw(
            30,
            30,
            BufferedImage.TYPE_INT_RGB,
            (y, x) -> y < 20 && (x < 2 || y > 14) && x < 12 ? WHITE : BLACK);
    int[] pixels = read(write(image, "l.png"), false);
    double mass = 0;
    double rows = 0;
    double columns = 0;
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        int value = pixels[y * 28 + x];
        mass += value;
        rows += (double) value * y;
        columns += (double) value * x;
      }
    }
    assertThat(rows / mass).isBetween(13.5, 14.5);
    assertThat(columns / mass).isBetween(13.5, 14.5);
  }

  @Test
  void takesGreyColouredTransparentAndDeepPictures() throws IOException {
    Paint bar = (y, x) -> y < 20 && x < 10 ? WHITE : BLACK;
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_BYTE_BINARY,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_3BYTE_BGR
        }) {
      assertThat(read(write(draw(30, 30, type, bar), "bar.png"), false)).isEqualTo(bar());
    }
    Paint onGlass = (y, x) -> y < 20 && x < 10 ? BLACK : 0;
    BufferedImage glass = draw(30, 30, BufferedImage.TYPE_INT_ARGB, onGlass);
    assertThat(read(write(glass, "glass.png"), true)).isEqualTo(bar());
  }

  @Test
  void readsGreyValuesWithoutAGammaCurve() throws IOException {
    BufferedImage image = new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 20; x++) {
        raster.setSample(x, y, 0, x < 10 ? 255 : 64);
      }
    }
    int[] pixels = read(write(image, "gray.png"), false);
    assertThat(Arrays.stream(pixels).distinct().sorted()).containsExactly(0, 64, 255);
  }

  @Test
  void weighsColoursAsTheEyeDoes() throws IOException {
    BufferedImage image =
        draw(
            30,
            30,
            BufferedImage.TYPE_INT_RGB,
            (y, x) ->
                y >= 20 || x >= 20 ? BLACK : x < 5 ? WHITE : x < 12 ? 0xffff0000 : 0xff00ff00);
    int[] pixels = read(write(image, "colours.png"), false);
    assertThat(Arrays.stream(pixels).distinct().sorted()).containsExactly(0, 76, 150, 255);
  }

  /** A bar in ink on paper that is grey, noisy and darker towards its lower edge. */
  @Test
  void takesOutAPhotographsGround() throws IOException {
    Random random = new Random(3);
    BufferedImage image =
        draw(
            300,
            200,
            BufferedImage.TYPE_INT_RGB,
            (y, x) ->
                gray(
                    y >= 100 && y < 200 && x >= 60 && x < 110
                        ? 40
                        : 210 - y / 10 + (int) (3 * random.nextGaussian())));
    int[] pixels = read(write(image, "photo.png"), true);
    int[] expected = bar();
    for (int i = 0; i < expected.length; i++) {
      assertThat(pixels[i]).isCloseTo(expected[i], within(5));
    }
  }

  @Test
  void readsJpegs() throws IOException {
    BufferedImage image =
        draw(64, 64, BufferedImage.TYPE_INT_RGB, (y, x) -> y < 40 && x < 20 ? WHITE : BLACK);
    int[] pixels = read(write(image, "bar.jpg"), false);
    int[] expected = bar();
    for (int i = 0; i < expected.length; i++) {
      assertThat(pixels[i]).isCloseTo(expected[i], within(40));
    }
  }

  @Test
  void takesAJpegWhoseWarningsTellOfNoLostPixels() throws IOException {
    BufferedImage image =
        draw(64, 64, BufferedImage.TYPE_INT_RGB, (y, x) -> y < 40 && x < 20 ? WHITE : BLACK);
    Path file = write(image, "bar.jpg");
    int[] expected = read(file, false);
    byte[] whole = Files.readAllBytes(file);
    byte[] profile = new byte[38];
    profile[0] = (byte) 0xff;
    profile[1] = (byte) 0xe2; // APP2, of 36 bytes
    profile[3] = 36;
    System.arraycopy("ICC_PROFILE".getBytes(StandardCharsets.US_ASCII), 0, profile, 4, 11);
    profile[16] = 1;
    profile[17] = 1;
    for (byte[] odd : new byte[][] {profile, {7, 7, 7}}) {
      Files.write(file, inserted(whole, 20, odd)); // Behind the JFIF segment.
      assertThat(read(file, false)).isEqualTo(expected);
    }
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] more) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, all, at, more.length);
    System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
    return all;
  }

  @Test
  void refusesAJpegWhoseDataIsCorrupt() throws IOException {
    BufferedImage image =
        draw(64, 64, BufferedImage.TYPE_INT_RGB, (y, x) -> y < 40 && x < 20 ? WHITE : BLACK);
    Path file = write(image, "bar.jpg");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length - 60; i < bytes.length - 40; i++) {
      bytes[i] ^= 0x5a;
    }
    Files.write(file, bytes);
    assertThatThrownBy(() -> DigitFiles.of(file, false).picture(0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is not a complete JPEG: Corrupt JPEG data: premature end of data segment; save"
                + " it again as a PNG or JPEG");
  }

  /** Inks as all programs keep them: the light that each leaves, cyan, magenta, yellow, black. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsPrintingInks(boolean ycck) throws IOException {
    Path file = folder.resolve("inks.jpg");
    WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 64, 4, null);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        boolean bar = y >= 8 && y < 48 && x >= 8 && x < 28;
        // YCCK is inverted once more: its luma is the ink.
        int[] paper = ycck ? new int[] {0, 128, 128, 255} : new int[] {255, 255, 255, 255};
        int[] ink = x < 18 ? new int[] {0, 0, 0, 255} : new int[] {255, 255, 255, 0};
        int[] inYcck = x < 18 ? new int[] {255, 128, 128, 255} : new int[] {0, 128, 128, 0};
        inks.setPixel(x, y, bar ? ycck ? inYcck : ink : paper);
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(inks, null, null), null);
    } finally {
      writer.dispose();
    }
    byte[] adobe = {-1, -18, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
    adobe[15] = (byte) (ycck ? 2 : 0);
    Files.write(file, inserted(Files.readAllBytes(file), 2, adobe));
    int[] pixels = read(file, null);
    int[] expected = bar();
    for (int i = 0; i < expected.length; i++) {
      assertThat(pixels[i]).isCloseTo(expected[i], within(40));
    }
  }

  @Test
  void aFolderIsCalledAsAFileWithoutWhatIsSpecial() {
    assertThat(ImageFiles.title(0, Path.of("photos/my cat (1).tar.png")))
        .isEqualTo("image_1-my_cat__1__tar");
    assertThat(ImageFiles.title(41, Path.of("x".repeat(90) + ".png")))
        .isEqualTo("image_42-" + "x".repeat(60));
    assertThat(ImageFiles.title(0, Path.of("..png"))).isEqualTo("image_1-_");
  }

  @Test
  void aFolderKeepsTheLettersOfAllScriptsAsFarAsTheyFit() {
    assumeThat(FileNames.plain('\u5496')).as("the locale knows them").isEqualTo("\u5496");
    assertThat(ImageFiles.title(0, Path.of("\u5496\u5561.png"))).isEqualTo("image_1-\u5496\u5561");
    assertThat(ImageFiles.title(1, Path.of("Caf\u00e9 \u202egnp.jpg")))
        .isEqualTo("image_2-Caf\u00e9__gnp");
    // A name has 255 bytes at most; nothing is cut in two.
    assertThat(ImageFiles.title(0, Path.of("\ud83d\udc31".repeat(60) + ".png")))
        .isEqualTo("image_1-" + "\ud83d\udc31".repeat(45));
  }

  @Test
  void listsThePicturesOfAFolderByName() throws IOException {
    for (String name : List.of("b.PNG", "a.jpeg", "c.jpg", "notes.txt", "d.gif", "e.psd")) {
      Files.writeString(folder.resolve(name), "");
    }
    Path file = folder.resolve("notes.txt");
    assertThat(ImageFiles.list(List.of(file, folder)))
        .containsExactly(
            file,
            folder.resolve("a.jpeg"),
            folder.resolve("b.PNG"),
            folder.resolve("c.jpg"),
            folder.resolve("d.gif"),
            folder.resolve("e.psd"));
  }

  /** What has a known ending isn't opened; what has none, or another, is known by its bytes. */
  @Test
  void knowsPicturesByTheirBytes() throws IOException {
    byte[] png = Files.readAllBytes(write(draw(2, 2, 1, (y, x) -> WHITE), "a.png"));
    for (String name : List.of("noending", "picture.dat", "3.0", "Thumbs.db2")) {
      Files.write(folder.resolve(name), png);
    }
    Files.write(folder.resolve("notes.txt"), png);
    Files.writeString(folder.resolve("README"), "P6 is a format, and so is GIF");
    Files.writeString(folder.resolve("netpbm.x"), "P6\n# made by hand\n1 1\n255\n...");
    Files.writeString(folder.resolve("apple"), "\0\0\0\u0018ftypheic\0\0\0\0mif1heic");
    Files.writeString(folder.resolve("movie"), "\0\0\0\u0018ftypisom\0\0\0\0isomavc1");
    Files.writeString(folder.resolve("b.JFIF"), "");
    assertThat(ImageFiles.list(List.of(folder)).stream().map(f -> f.getFileName().toString()))
        .containsExactly(
            "3.0", "Thumbs.db2", "a.png", "apple", "b.JFIF", "netpbm.x", "noending", "picture.dat");
  }

  @ParameterizedTest
  @CsvSource({
    "a HEIC picture, ....ftypheic....",
    "an AVIF picture, ....ftypavif....",
    "an AVIF picture, ....ftypmif1....mif1avifmiaf",
    "a Netpbm picture, P5 2 2 255 abcd",
    "a Photoshop picture, '8BPS\0\1'",
    "a camera's raw picture, 'II*\0\16\0\0\0CR\2\0'",
    "a BigTIFF picture, 'II+\0\b\0'",
    "an SVG drawing, '<?xml version=\"1.0\"?> <svg xmlns=\"x\">'"
  })
  void saysWhichPicturesAreNotRead(String kind, String head) throws IOException {
    Path file = folder.resolve("x.png");
    Files.write(file, head.translateEscapes().getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ImageFile.open(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is " + kind + ", which is not read; save it again as a PNG or JPEG");
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/cat.png, https://example.org/cat.png",
    "s3:/bucket/cat.png, s3://bucket/cat.png"
  })
  void callsAUrlOne(String given, String said) {
    assertThat(ImageFiles.missing(Path.of(given)))
        .hasMessage(said + " is a URL, not a file: download the picture, and give its file");
    assertThat(ImageFiles.missing(Path.of("data:image/png;base64,iVBORw0KGgo=")))
        .hasMessage(
            "an image was given as a data: URL, not a file: save the picture, and give its file");
  }

  /** macOS writes a ._x.png beside each file on a foreign disk, Windows a Thumbs.db. */
  @Test
  void passesOverWhatIsHidden() throws IOException {
    for (String name : List.of("1.png", "._1.png", ".hidden.png", ".png", "Thumbs.db")) {
      Files.writeString(folder.resolve(name), "");
    }
    assertThat(ImageFiles.list(List.of(folder))).containsExactly(folder.resolve("1.png"));
  }

  @Test
  void listsNamesWithLineEndsAndOtherControlCharacters() throws IOException {
    List<Path> files =
        Stream.of("a\nb.png", "c\r\u0085.jpg", "\n.png", "\u001b[2J.png")
            .map(folder::resolve)
            .sorted()
            .toList();
    for (Path file : files) {
      Files.writeString(file, "");
    }
    assertThat(ImageFiles.list(List.of(folder))).isEqualTo(files);
  }

  @Test
  void saysWhatAFileIsThatIsNoPicture() throws IOException {
    Path file = folder.resolve("1.png");
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n");
    assertThatThrownBy(() -> DigitFiles.of(file, false).picture(0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is a Git LFS pointer, not a picture; fetch the file that it stands for with"
                + " git lfs pull");
    Files.writeString(file, "<html><body>Not found");
    assertThatThrownBy(() -> DigitFiles.of(file, false).picture(0))
        .hasMessage(
            file
                + " is an HTML page, not a picture; a server sent it in place of the file:"
                + " download that again");
  }

  @Test
  void saysSoWhereThereIsNoImage() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> ImageFiles.list(List.of(empty)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no picture in "
                + empty
                + ": give a folder with some (PNG, JPEG, GIF, BMP, WebP or TIFF)");
    assertThatThrownBy(() -> ImageFiles.list(List.of(folder.resolve("x.png"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no image %s: give a picture (PNG, JPEG, GIF, BMP, WebP or TIFF), or a folder of pictures"
                .formatted(folder.resolve("x.png")));
  }

  @ParameterizedTest
  @ValueSource(ints = {BLACK, WHITE})
  void refusesAPictureThatShowsNothing(int color) throws IOException {
    Path file = write(draw(1, 1, BufferedImage.TYPE_INT_RGB, (y, x) -> color), "dot.png");
    assertThatThrownBy(() -> DigitFiles.of(file, false).picture(0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file + " is blank, all its 1 x 1 pixels are equal: give a picture with strokes in it");
  }

  /** The file has some hundred bytes and claims 400 million pixels. */
  @Test
  void refusesAPictureThatClaimsToBeHugeBeforeDecodingIt() throws IOException {
    Path file = folder.resolve("huge.png");
    try (OutputStream out = Files.newOutputStream(file);
        DataOutputStream data = new DataOutputStream(out)) {
      data.writeLong(0x89504e470d0a1a0aL);
      data.writeInt(13);
      byte[] header = new byte[17];
      System.arraycopy("IHDR".getBytes(StandardCharsets.US_ASCII), 0, header, 0, 4);
      header[6] = 0x4e; // 20,000 is 0x4e20
      header[7] = 0x20;
      header[10] = 0x4e;
      header[11] = 0x20;
      header[12] = 8;
      data.write(header);
      CRC32 crc = new CRC32();
      crc.update(header);
      data.writeInt((int) crc.getValue());
      data.write(new byte[100]);
    }
    assertThatThrownBy(() -> DigitFiles.of(file, false).picture(0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is 20000 x 20000 pixels: at most 64 million, 30,000 in a row, are taken; make"
                + " it smaller");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void refusesBrokenFilesWithOneLine(String type) throws IOException {
    BufferedImage image =
        draw(100, 100, BufferedImage.TYPE_INT_RGB, (y, x) -> BLACK | (y * 2 + x * 31 * 256));
    byte[] whole = Files.readAllBytes(write(image, "whole." + type));
    Path file = folder.resolve("broken." + type);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 60) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> DigitFiles.of(file, false).picture(0))
          .as("%d bytes", length)
          .isInstanceOf(UserException.class)
          .satisfies(e -> assertThat(e.getMessage()).contains("broken." + type).hasLineCount(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text, 'not a picture: it begins like no PNG, JPEG, GIF, BMP, WebP or TIFF; save it again as a"
        + " PNG or JPEG'",
    "GIF89a, not a complete GIF: it ends early; save it again as a PNG or JPEG",
    "BM, not a complete BMP: it ends early; save it again as a PNG or JPEG"
  })
  void refusesOtherFiles(String content, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("x.png"), content);
    assertThatThrownBy(() -> DigitFiles.of(file, false).picture(0))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is " + reason);
  }
}
