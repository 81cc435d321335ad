package io.fmviz.pipeline;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.FolderLock;
import io.fmviz.base.UserException;
import io.fmviz.report.Manifest;
import io.fmviz.report.page.Page;
import io.fmviz.report.page.PageLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pages around a folder's: in the folder above it, in those of other commands in it, and, where
 * it is called as its command, in those beside it that are called so too. They all link each other,
 * whatever the order in which they came to be.
 */
final class FolderLinks {
  private final Path folder;

  FolderLinks(Path folder) {
    this.folder = folder;
  }

  /** The pages that are there now. */
  PageLinks find() {
    return new PageLinks(above() != null, names(beside()), names(below()));
  }

  /**
   * Brings the links of the folder's page up to date, and those of the pages around it. For the
   * holder of the folder's lock; a page that somebody else is at, or that can't be written, stays
   * as it is.
   */
  void refresh() {
    if (hasPage(folder)) {
      refreshHeld();
    }
    List<Path> around = new ArrayList<>(beside());
    around.addAll(below());
    // What a link leads to is somebody else's.
    around.removeIf(Files::isSymbolicLink);
    if (above() != null) {
      around.add(above());
    }
    around.forEach(other -> new FolderLinks(other).refreshOther());
  }

  private void refreshOther() {
    try {
      if (changed().isPresent()) {
        FolderLock lock = FolderLock.ofExisting(folder);
        if (lock != null) {
          try (lock) {
            refreshHeld();
          }
        }
      }
    } catch (IOException | UserException e) {
      // Its page is as good as before.
    }
  }

  private void refreshHeld() {
    try {
      Optional<AtomicFile.Content> page = changed();
      if (page.isPresent()) {
        AtomicFile.write(folder, Page.FILE, true, page.get());
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(folder.resolve(Page.FILE), e);
    }
  }

  private Optional<AtomicFile.Content> changed() throws IOException {
    return find().in(folder.resolve(Page.FILE));
  }

  /** The folder above, as its name says, which is how a browser finds it; null without a page. */
  private Path above() {
    Path above = plain().getParent();
    return above != null && hasPage(above) ? above : null;
  }

  private List<Path> beside() {
    Path here = plain();
    List<String> names = Subcommand.withPages();
    if (here.getParent() == null || !names.contains(here.getFileName().toString())) {
      return List.of();
    }
    return names.stream()
        .map(here::resolveSibling)
        .filter(other -> !other.equals(here) && hasPage(other))
        .toList();
  }

  private List<Path> below() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(FolderLinks::hasPage).sorted().toList();
    } catch (IOException e) {
      throw UserException.cannotRead(folder, e);
    }
  }

  private Path plain() {
    return folder.toAbsolutePath().normalize();
  }

  private static List<String> names(List<Path> folders) {
    return folders.stream().map(folder -> folder.getFileName().toString()).toList();
  }

  /** Whether a folder has a page that fmviz wrote. */
  private static boolean hasPage(Path folder) {
    return OutputFolder.isFile(folder.resolve(Page.FILE))
        && OutputFolder.isManifest(folder.resolve(Manifest.FILE), Page.FILE);
  }
}
