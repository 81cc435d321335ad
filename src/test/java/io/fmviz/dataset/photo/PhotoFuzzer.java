package io.fmviz.dataset.photo;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.dataset.file.HostilePictures;
import io.fmviz.dataset.file.PictureFileImages;
import io.fmviz.fuzz.FuzzedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads any bytes as a photograph, and as what is said about photographs. */
public final class PhotoFuzzer {
  private static final FuzzedFile PHOTO = new FuzzedFile("photo.webp");
  private static final FuzzedFile SETTINGS = new FuzzedFile("preprocessor_config.json");
  private static final FuzzedFile NAMES = new FuzzedFile("names.txt");
  private static final Preprocessing SQUARE =
      Preprocessing.resolve(ReadingChoice.NONE, new long[] {1, 3, 8, 8}, null, Map.of());

  private PhotoFuzzer() {}

  /** As a picture in any format. */
  public static void picture(byte[] data) {
    PHOTO
        .write(data)
        .parse(
            file -> {
              PhotoImages images =
                  new PhotoImages(
                      new PictureFileImages.Labelled(List.of(file), new int[1], List.of("a")),
                      SQUARE);
              FloatBuffer values = FloatBuffer.allocate(images.size());
              images.copyTo(values, 0);
              return values;
            })
        .ifPresent(values -> require(!values.hasRemaining(), "too few values"));
  }

  /** As settings, of which some may have to be given after all. */
  public static void settings(byte[] data) {
    ReadingChoice choice = new ReadingChoice(null, null, null, null, SETTINGS.path());
    SETTINGS
        .write(data)
        .parse(
            file -> {
              try {
                return Optional.of(
                    Preprocessing.resolve(choice, new long[] {1, 3, 8, -1}, null, Map.of()));
              } catch (InvalidValueException e) {
                require(Settings.in(e.getMessage()).lookingAt(), e.getMessage());
                return Optional.<Preprocessing>empty();
              }
            })
        .flatMap(reading -> reading)
        .ifPresent(
            reading -> {
              require(reading.height() == 8 && reading.width() > 0, reading.text());
              new ChannelFloats(reading);
            });
  }

  /** As names of classes: in a file, and as Python's text. */
  public static void names(byte[] data) {
    NAMES
        .write(data)
        .parse(ClassNames::read)
        .ifPresent(names -> require(!names.isEmpty(), "no names"));
    String text = new String(data, StandardCharsets.UTF_8);
    require(
        ClassNames.find(null, Map.of("names", text)).stream()
            .noneMatch(name -> name.codePoints().anyMatch(Character::isISOControl)),
        "control characters");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }

  /** Pictures that are as they should be. */
  public static List<byte[]> seeds() {
    Stream<byte[]> files =
        Stream.of(
                "bits.png",
                "palette-alpha.png",
                "exif-6.jpg",
                "gray.jpg",
                "glass.gif",
                "palette.bmp",
                "alpha.webp",
                "exif-6.webp",
                "gray.tif",
                "packbits.tif")
            .map(name -> bytes(PhotoFiles.file(name)));
    // Scans, also of JPEGs within another format, are counted before anything is decoded.
    byte[] scans = HostilePictures.manyScans(16, 3);
    return Stream.concat(files, Stream.of(scans, HostilePictures.inTiff(scans, 16))).toList();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
