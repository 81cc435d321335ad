package io.fmviz.dataset;

import io.fmviz.base.FileNames;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pictures of a user's own, PNG or JPEG, brought into the form of MNIST's images. */
public final class ImageFiles {
  private static final Pattern PICTURE = Pattern.compile(".*\\.(png|jpe?g)");

  private ImageFiles() {}

  /**
   * The files that some paths lead to: a file to itself, a folder to the PNG and JPEG files in it,
   * by name.
   *
   * @throws UserException if a path leads nowhere
   */
  public static List<Path> list(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new UserException(
            "there is no image %s: give a PNG or JPEG file, or a folder of such".formatted(path));
      }
      files.addAll(Files.isDirectory(path) ? inFolder(path) : List.of(path));
    }
    return files;
  }

  private static List<Path> inFolder(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries
              .filter(
                  f ->
                      PICTURE
                          .matcher(f.getFileName().toString().toLowerCase(Locale.ROOT))
                          .matches())
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      files.forEach(FileNames::require);
      if (files.isEmpty()) {
        throw new UserException(
            "there is no PNG or JPEG file in %s: give a folder that holds some".formatted(folder));
      }
      return files;
    } catch (IOException e) {
      throw UserException.cannotRead(folder, e);
    }
  }
}
