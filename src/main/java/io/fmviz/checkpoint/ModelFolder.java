package io.fmviz.checkpoint;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.base.WebAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of one training's checkpoints, {@code epoch_0.safetensors} and so on. What earlier
 * trainings left lies in folders of this kind within, {@code earlier-1} and so on.
 */
public record ModelFolder(Path folder) {
  private static final String SUFFIX = ".safetensors";
  private static final Pattern NAME = Pattern.compile("epoch_(\\d{1,9})" + Pattern.quote(SUFFIX));
  private static final Pattern OPTIMIZER =
      Pattern.compile("epoch_(\\d{1,9})\\.optimizer" + Pattern.quote(SUFFIX));

  /** The file of an epoch, counted from 0. */
  public Path file(int epoch) {
    return folder.resolve("epoch_" + epoch + SUFFIX);
  }

  /** The file beside it that holds what only a resumed training needs. */
  public Path optimizerFile(int epoch) {
    return folder.resolve("epoch_" + epoch + ".optimizer" + SUFFIX);
  }

  /** The file that tells of each epoch. */
  public Path log() {
    return folder.resolve("train_log.jsonl");
  }

  /** The optimizer files that are there, by epoch. */
  List<Path> optimizerFiles() {
    return list(OPTIMIZER);
  }

  /** Removes the optimizer files of all epochs but one. */
  public void keepOptimizerFileOf(int epoch) {
    for (Path file : optimizerFiles()) {
      if (!file.equals(optimizerFile(epoch))) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw UserException.cannotWrite(file, e);
        }
      }
    }
  }

  /** The checkpoints that are there, by epoch. */
  public List<Path> list() {
    return list(NAME);
  }

  private List<Path> list(Pattern name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> name.matcher(f.getFileName().toString()).matches())
          .sorted(Comparator.comparingInt(ModelFolder::epoch))
          .toList();
    } catch (IOException e) {
      throw UserException.cannotRead(folder, e);
    }
  }

  /**
   * Finds a checkpoint.
   *
   * @param name a name in this folder ({@code epoch_0}), a path, or null for the one that was
   *     written last
   * @throws UserException if there is none; the message names those that exist
   */
  public Path find(String name) {
    if (name == null) {
      return list().stream()
          .max(Comparator.comparing(ModelFolder::written).thenComparing(ModelFolder::epoch))
          .orElseThrow(
              () ->
                  new UserException(
                      Settings.named(
                              "there is no checkpoint in %s: run fmviz train, or name one with {checkpoint}")
                          .formatted(folder)));
    }
    return Stream.of(
            folder.resolve(name + SUFFIX),
            folder.resolve(name),
            Path.of(name),
            Path.of(name + SUFFIX))
        // A pipe too: the reader says that it is one.
        .filter(file -> Files.exists(file) && !Files.isDirectory(file))
        .findFirst()
        .orElseThrow(
            () ->
                WebAddress.of(Path.of(name)).isPresent()
                    ? UserException.cannotRead(Path.of(name), new NoSuchFileException(name))
                    : new UserException(
                        "there is no checkpoint %s: %s%s"
                            .formatted(name, existing(), earlier(name))));
  }

  private String existing() {
    List<String> names =
        list().stream().map(f -> f.getFileName().toString().replace(SUFFIX, "")).toList();
    return names.isEmpty()
        ? folder + " holds none, run fmviz train"
        : folder + " holds " + String.join(", ", names);
  }

  /** The checkpoint of that name which an earlier training left, if one did. */
  private String earlier(String name) {
    return EarlierTraining.folders(folder).stream()
        .filter(f -> Files.isRegularFile(f.resolve(name + SUFFIX)))
        .map(f -> "; of an earlier training there is " + f.getFileName() + "/" + name)
        .findFirst()
        .orElse("");
  }

  /** The epoch that a checkpoint's name tells, counted from 0; -1 for another name. */
  public static int epoch(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(1)) : -1;
  }

  /** Whether it is a file itself, not a link to one. */
  static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }
}
