package io.fmviz.dataset.file;

import io.fmviz.base.FileKind;
import io.fmviz.base.FileNames;
import io.fmviz.base.UserException;
import io.fmviz.base.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files with pictures of a user's own. */
public final class ImageFiles {
  /** What is hidden is no picture: macOS keeps an {@code ._x.png} beside each x.png. */
  private static final Pattern HIDDEN = Pattern.compile("\\..*", Pattern.DOTALL);

  /** What is called so is taken for a picture unopened; the last two lines can't be read. */
  private static final Pattern PICTURE =
      Pattern.compile(
          ".*\\.(a?png|jpe?g|jpe|jfif|jif|pjpe?g|pjp|gif|bmp|dib|webp|tiff?"
              + "|hei[cfs]|hif|avifs?|jxl|jp2|j2[ck]|jp[fx]|jxr|p[bgpn]m|pam|pfm|psd|exr|dcm|svg|qoi|dds|tga|ico"
              + "|cr[23]|ne[fr]|nrw|arw|sr[f2w]|dng|orf|rw2|raf|pef)",
          Pattern.DOTALL);

  /** What is called so is none, and needn't be opened either: there may be one beside each. */
  private static final Pattern OTHER =
      Pattern.compile(
          ".*\\.(txt|md|json|jsonl|xml|csv|tsv|ya?ml|html?|css|js|py|pyc|ipynb|java|log|ini|toml|lock|sh"
              + "|np[yz]|pth?|onnx|safetensors|h5|pkl|mat|zip|gz|tar|7z|mp4|mov|avi|mkv|mp3|wav|pdf)",
          Pattern.DOTALL);

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
          entries.filter(Files::isRegularFile).filter(ImageFiles::isPicture).sorted().toList();
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

  /**
   * Whether a file is a picture that isn't hidden, be it one that can't be read: by its name where
   * that is known, else by its first bytes.
   *
   * @param file a regular one
   */
  public static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (HIDDEN.matcher(name).matches() || OTHER.matcher(name).matches()) {
      return false;
    }
    return PICTURE.matcher(name).matches() || beginsLikeOne(file);
  }

  private static boolean beginsLikeOne(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = FileKind.head(new byte[0], in);
      return ImageFormat.of(Arrays.copyOf(head, Math.min(head.length, ImageFormat.HEAD)))
              .isPresent()
          || FileKind.of(head).map(FileKind::isPicture).orElse(false);
    } catch (IOException e) {
      return false;
    }
  }

  /** A path that leads nowhere. */
  public static UserException missing(Path path) {
    Optional<String> address = WebAddress.of(path);
    if (address.isPresent()) {
      return new UserException(
          address.get() + " is a URL, not a file: download the picture, and give its file");
    }
    if (path.toString().startsWith("data:")) {
      return new UserException(
          "an image was given as a data: URL, not a file: save the picture, and give its file");
    }
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
