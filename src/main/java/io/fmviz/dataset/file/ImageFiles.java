package io.fmviz.dataset.file;

import io.fmviz.base.FileNames;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files with pictures of a user's own. */
public final class ImageFiles {
  /** What is hidden is no picture: macOS keeps an {@code ._x.png} beside each x.png. */
  private static final Pattern PICTURE =
      Pattern.compile("[^.].*\\.(png|jpe?g|gif|bmp|webp|tiff?)", Pattern.DOTALL);

  /** The longest part of a file's name that goes into that of a folder. */
  private static final int MAX_NAME = 60;

  /** The same in bytes: a file's name has at most 255 in all, and begins as a longer one. */
  private static final int MAX_BYTES = 180;

  private ImageFiles() {}

  /**
   * The files that some paths lead to: a file to itself, a folder to the pictures in it that aren't
   * hidden, by name.
   *
   * @throws UserException if a path leads nowhere
   */
  public static List<Path> list(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw missing(path);
      }
      files.addAll(Files.isDirectory(path) ? inFolder(path) : List.of(path));
    }
    return files;
  }

  private static List<Path> inFolder(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries.filter(ImageFiles::isPicture).filter(Files::isRegularFile).sorted().toList();
      files.forEach(FileNames::require);
      if (files.isEmpty()) {
        throw none(folder);
      }
      return files;
    } catch (UncheckedIOException e) {
      throw UserException.cannotRead(folder, e.getCause());
    } catch (IOException e) {
      throw UserException.cannotRead(folder, e);
    }
  }

  /** Whether a file's name is that of a picture that isn't hidden. */
  public static boolean isPicture(Path file) {
    return PICTURE.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT)).matches();
  }

  /** A path that leads nowhere. */
  public static UserException missing(Path path) {
    return new UserException(
        "there is no image %s: give a picture (%s), or a folder of pictures"
            .formatted(path, ImageFormat.ALL));
  }

  /** A folder without a picture. */
  public static UserException none(Path folder) {
    return new UserException(
        "there is no picture in %s: give a folder with some (%s)"
            .formatted(folder, ImageFormat.ALL));
  }

  /**
   * A picture's name for a folder: {@code image_1-seven}, the number from 1 and the file's name
   * with its letters, digits and signs of any script, as many of them as are sure to fit. Because
   * of the number no two are equal, not even where capitals are small letters.
   */
  public static String title(int index, Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String plain = "";
    for (int letter : name.codePoints().toArray()) {
      String longer = plain + FileNames.plain(letter);
      if (longer.codePoints().count() > MAX_NAME
          || longer.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
        break;
      }
      plain = longer;
    }
    return "image_" + (index + 1) + "-" + plain;
  }
}
