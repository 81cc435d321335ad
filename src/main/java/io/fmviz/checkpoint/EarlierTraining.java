package io.fmviz.checkpoint;

import io.fmviz.base.FileSize;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an earlier training left in a model folder makes way for a new one: its checkpoints, its
 * optimizer files and its log move, whole, into a numbered folder within, {@code earlier-1}. Other
 * files stay.
 *
 * <p>Until the new training's first checkpoint is written they lie in {@code .earlier-1}, and who
 * finds them there puts them back: what was cut short before that checkpoint never was. The order
 * tells a cut before it from one after it. Optimizer files and log go first, then {@code epoch_0},
 * then the others; and back the other way round. So where a checkpoint lies in the hidden folder
 * and an {@code epoch_0} beside it, that one is new.
 *
 * <p>For holders of the folder's lock.
 */
public final class EarlierTraining {
  private static final Pattern NAME = Pattern.compile("\\.?earlier-(\\d{1,9})");
  private static final String HIDDEN = ".";

  private final ModelFolder models;
  private final Mover mover;

  /** Renames a file. */
  @FunctionalInterface
  interface Mover {
    void move(Path from, Path to, CopyOption... options) throws IOException;
  }

  /** What was left in a folder. */
  public EarlierTraining(ModelFolder models) {
    this(models, Files::move);
  }

  EarlierTraining(ModelFolder models, Mover mover) {
    this.models = models;
    this.mover = mover;
  }

  /** The folders of earlier trainings, the newest first. */
  static List<Path> folders(Path folder) {
    return numbered(folder).stream().filter(f -> !isHidden(f)).toList();
  }

  /**
   * Undoes what a killed process began, or finishes it if the new training's first checkpoint is
   * there.
   *
   * @throws UserException if a file can't be moved
   */
  public void recover() {
    for (Path hidden :
        numbered(models.folder()).stream().filter(EarlierTraining::isHidden).toList()) {
      if (isReplaced(new ModelFolder(hidden))) {
        show(hidden);
      } else {
        putBack(new ModelFolder(hidden));
      }
    }
  }

  /**
   * Moves what is there out of the way, then writes the new training's first checkpoint and what
   * belongs to it. If that fails, all is as it was.
   *
   * @return the folder of what was moved; null if nothing was there
   */
  public Path replaceBy(Runnable newTraining) {
    List<Path> left = left();
    if (left.isEmpty()) {
      newTraining.run();
      return null;
    }
    Path hidden = models.folder().resolve(HIDDEN + "earlier-" + (newest() + 1));
    try {
      createFolder(hidden);
      left.forEach(file -> move(file, hidden));
      if (new ModelFolder(hidden).list().isEmpty()) {
        // A log alone: without a checkpoint there is no telling the old from the new.
        Path shown = show(hidden);
        newTraining.run();
        return shown;
      }
      newTraining.run();
    } catch (RuntimeException e) {
      undo(e);
      throw e;
    }
    return show(hidden);
  }

  private void undo(RuntimeException failure) {
    try {
      recover();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** The files of a training, in the order in which they move; none if it left no trace. */
  private List<Path> left() {
    List<Path> checkpoints = models.list().stream().filter(ModelFolder::isFile).toList();
    boolean logged = ModelFolder.isFile(models.log()) && FileSize.of(models.log()) > 0;
    if (checkpoints.isEmpty() && !logged) {
      return List.of();
    }
    List<Path> files = new ArrayList<>(models.optimizerFiles());
    files.add(models.log());
    files.addAll(checkpoints);
    return files.stream().filter(ModelFolder::isFile).toList();
  }

  /** Whether a new training has its first checkpoint where the hidden one had its own. */
  private boolean isReplaced(ModelFolder hidden) {
    List<Path> checkpoints = hidden.list();
    return !checkpoints.isEmpty()
        && (exists(models.file(0))
            || checkpoints.stream().anyMatch(f -> exists(models.file(ModelFolder.epoch(f)))));
  }

  private void putBack(ModelFolder hidden) {
    List<Path> checkpoints = hidden.list();
    if (!checkpoints.isEmpty()) {
      // All the earlier ones have moved: these belong to a checkpoint that never came.
      models.optimizerFiles().stream().filter(ModelFolder::isFile).forEach(EarlierTraining::delete);
    }
    for (int i = checkpoints.size() - 1; i >= 0; i--) {
      move(checkpoints.get(i), models.folder());
    }
    if (ModelFolder.isFile(hidden.log())) {
      move(hidden.log(), models.folder(), StandardCopyOption.REPLACE_EXISTING);
    }
    hidden.optimizerFiles().forEach(f -> move(f, models.folder()));
    try {
      Files.deleteIfExists(hidden.folder());
    } catch (DirectoryNotEmptyException e) {
      // Somebody else's files are in it.
      show(hidden.folder());
    } catch (IOException e) {
      throw UserException.cannotWrite(hidden.folder(), e);
    }
  }

  private Path show(Path hidden) {
    String name = hidden.getFileName().toString().substring(HIDDEN.length());
    Path shown = hidden.resolveSibling(name);
    try {
      mover.move(hidden, shown, StandardCopyOption.ATOMIC_MOVE);
      return shown;
    } catch (IOException e) {
      throw UserException.cannotWrite(shown, e);
    }
  }

  private void move(Path file, Path folder, CopyOption... options) {
    Path target = folder.resolve(file.getFileName());
    try {
      mover.move(file, target, options);
    } catch (IOException e) {
      throw UserException.cannotWrite(target, e);
    }
  }

  private int newest() {
    return numbered(models.folder()).stream().mapToInt(EarlierTraining::number).max().orElse(0);
  }

  /** Whatever has the name of such a folder, hidden or not, the newest first. */
  private static List<Path> numbered(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(f -> number(f) >= 0)
          .sorted(Comparator.comparingInt(EarlierTraining::number).reversed())
          .toList();
    } catch (IOException e) {
      throw UserException.cannotRead(folder, e);
    }
  }

  private static int number(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(1)) : -1;
  }

  private static boolean isHidden(Path folder) {
    return folder.getFileName().toString().startsWith(HIDDEN);
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw UserException.cannotWrite(file, e);
    }
  }
}
