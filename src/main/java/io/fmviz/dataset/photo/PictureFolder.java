package io.fmviz.dataset.photo;

import io.fmviz.base.FileNames;
import io.fmviz.dataset.file.ImageFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a folder holds that isn't hidden.
 *
 * @param pictures like folders sorted by name
 * @param own what fmviz wrote there; null where it wrote nothing
 */
record PictureFolder(List<FileEntry> pictures, List<Path> folders, Set<String> own) {
  /** A picture, and how many bytes it has. */
  record FileEntry(Path file, long bytes) {}

  /** As Python sorts text: by characters, where Java's own order is by halves of the rarest. */
  static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private static final Comparator<Path> BY_TEXT =
      Comparator.comparing(Path::toString, BY_CODE_POINT);

  static PictureFolder of(Path folder, OwnFiles ownFiles) throws IOException {
    List<FileEntry> pictures = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    Set<String> own = null;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        boolean isHidden = entry.getFileName().toString().startsWith(".");
        // Most are pictures, and one look at each is what 100,000 of them take time for.
        BasicFileAttributes attributes = isHidden ? null : attributes(entry);
        if (attributes != null && attributes.isDirectory()) {
          folders.add(entry);
        } else if (attributes != null
            && attributes.isRegularFile()
            && ImageFiles.isPicture(entry)) {
          FileNames.require(entry);
          pictures.add(new FileEntry(entry, attributes.size()));
        } else if (attributes != null) {
          own = ownFiles.of(entry).orElse(own);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    pictures.sort(Comparator.comparing(FileEntry::file));
    Collections.sort(folders);
    return new PictureFolder(pictures, folders, own);
  }

  /** What remains of it without what fmviz wrote. */
  PictureFolder withoutOwn() {
    if (own == null) {
      return this;
    }
    Set<String> ownFolders =
        own.stream()
            .filter(file -> file.indexOf('/') >= 0)
            .map(file -> file.substring(0, file.indexOf('/')))
            .collect(Collectors.toSet());
    return new PictureFolder(
        pictures.stream().filter(found -> !own.contains(name(found.file()))).toList(),
        folders.stream().filter(folder -> !ownFolders.contains(name(folder))).toList(),
        null);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** Null for a link that leads nowhere. */
  private static BasicFileAttributes attributes(Path entry) {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class);
    } catch (IOException e) {
      return null;
    }
  }

  /** Adds the pictures of this folder alone. */
  void addTo(PathList files) {
    pictures.forEach(found -> files.add(found.file(), found.bytes()));
  }

  /**
   * Adds the pictures of a folder and of all below it, folder by folder in the order of their
   * paths, as torchvision does. A folder that links lead to again is looked into once, and one that
   * holds the root not at all; nor is one that fmviz wrote into.
   *
   * @param root where links may lead back to, without links
   * @param ownFolders gets those that fmviz wrote into
   */
  static void addAll(Path root, Path top, OwnFiles own, PathList files, List<Path> ownFolders)
      throws IOException {
    Set<Path> seen = new HashSet<>();
    Deque<Path> waiting = new ArrayDeque<>(List.of(top));
    List<PictureFolder> found = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Path folder = waiting.remove();
      Path real = folder.toRealPath();
      if (!root.startsWith(real) && seen.add(real)) {
        PictureFolder content = of(folder, own);
        if (content.own() != null) {
          ownFolders.add(folder);
        } else {
          found.add(content);
          waiting.addAll(content.folders());
        }
      }
    }
    found.removeIf(folder -> folder.pictures().isEmpty());
    found.sort(Comparator.comparing(f -> f.pictures().get(0).file().getParent(), BY_TEXT));
    found.forEach(folder -> folder.addTo(files));
  }
}
