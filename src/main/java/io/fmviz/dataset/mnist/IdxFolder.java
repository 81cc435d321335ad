package io.fmviz.dataset.mnist;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that may hold IDX files, under the names that they have in the world: MNIST's own, with
 * a dot in place of the second dash ({@code train-images.idx3-ubyte}), in capitals, with {@code
 * .gz} or without, or in a folder of such a name as some archives unpack to.
 */
record IdxFolder(Path folder) {
  private static final String GZIP = ".gz";

  /** Whatever was meant to be one, by its name. */
  private static final Pattern LOOKS_LIKE_ONE =
      Pattern.compile("ubyte|idx[13]|(train|t10k|test).?(images|labels)");

  /** MNIST's name of the file that holds a split's images, without {@code .gz}. */
  static String imagesOf(Split split) {
    return prefix(split) + "-images-idx3-ubyte";
  }

  /** MNIST's name of the file that holds a split's labels, without {@code .gz}. */
  static String labelsOf(Split split) {
    return prefix(split) + "-labels-idx1-ubyte";
  }

  private static String prefix(Split split) {
    return split == Split.TRAIN ? "train" : "t10k";
  }

  /**
   * The file of a name; where there are several, the one that is spelt so, not packed before
   * packed.
   *
   * @param name MNIST's own
   */
  Optional<Path> file(String name) {
    return named(name).stream()
        .flatMap(
            entry ->
                Files.isDirectory(entry)
                    ? new IdxFolder(entry).named(name).stream()
                    : Stream.of(entry))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** What looks like an IDX file by its name, whether or not it has one of the names above. */
  List<Path> lookalikes() {
    return entries().stream()
        .filter(entry -> LOOKS_LIKE_ONE.matcher(lowerCase(entry)).find())
        .toList();
  }

  private List<Path> named(String name) {
    return entries().stream()
        .filter(entry -> plain(entry).equals(name))
        .sorted(
            Comparator.<Path, Boolean>comparing(entry -> !fileName(entry).startsWith(name))
                .thenComparing(entry -> lowerCase(entry).endsWith(GZIP))
                .thenComparing(Path::compareTo))
        .toList();
  }

  /** All that is neither hidden nor macOS's; nothing where there is no folder. */
  private List<Path> entries() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> !fileName(entry).startsWith(".")).sorted().toList();
    } catch (UncheckedIOException e) {
      throw UserException.cannotRead(folder, e.getCause());
    } catch (IOException e) {
      throw UserException.cannotRead(folder, e);
    }
  }

  /** A name as MNIST's own is spelt. */
  private static String plain(Path entry) {
    String name = lowerCase(entry);
    String unpacked = name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
    return unpacked.replace('.', '-').replace('_', '-');
  }

  private static String lowerCase(Path entry) {
    return fileName(entry).toLowerCase(Locale.ROOT);
  }

  private static String fileName(Path entry) {
    return entry.getFileName().toString();
  }
}
