package io.fmviz.dataset.photo;

import io.fmviz.base.FileNames;
import io.fmviz.base.FileSize;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.file.ImageFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Files with pictures, and which class each is of where folders tell.
 *
 * @param labels one for each file, an index into the folders; {@link Images#NO_LABEL} for none
 * @param folders the names of the folders that are classes, sorted; empty if none is
 * @param own the folders in which pictures that fmviz made were passed over
 */
public record PictureFiles(List<Path> files, int[] labels, List<String> folders, List<Path> own) {
  public PictureFiles {
    if (files.size() != labels.length) {
      throw new IllegalArgumentException(
          "%d labels for %d files".formatted(labels.length, files.size()));
    }
    folders = List.copyOf(folders);
    own = List.copyOf(own);
  }

  /**
   * The files that some paths lead to: a file to itself, a folder to the pictures in it by name.
   * Folders in a folder that hold pictures, however deep, are classes, sorted by name as
   * torchvision's {@code ImageFolder} sorts them. What is hidden is passed over, and no picture is
   * opened. A folder in a folder that fmviz wrote into is passed over; in one that is a path
   * itself, what fmviz wrote.
   *
   * @throws UserException if a path leads nowhere, or to a folder without pictures
   */
  public static PictureFiles list(List<Path> paths, OwnFiles ownFiles) {
    PathList files = new PathList();
    List<String> classes = new ArrayList<>();
    List<Path> own = new ArrayList<>();
    NavigableSet<String> names = new TreeSet<>(PictureFolder.BY_CODE_POINT);
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw ImageFiles.missing(path);
      }
      if (Files.isDirectory(path)) {
        folder(path, files, classes, ownFiles, own);
      } else {
        files.add(path, FileSize.of(path));
      }
      classes.addAll(Collections.nCopies(files.size() - classes.size(), null));
    }
    classes.stream().filter(name -> name != null).forEach(names::add);
    return new PictureFiles(files, labels(classes, List.copyOf(names)), List.copyOf(names), own);
  }

  private static void folder(
      Path folder, PathList files, List<String> classes, OwnFiles ownFiles, List<Path> own) {
    int before = files.size();
    try {
      PictureFolder all = PictureFolder.of(folder, ownFiles);
      if (all.own() != null) {
        own.add(folder);
      }
      PictureFolder root = all.withoutOwn();
      root.addTo(files);
      classes.addAll(Collections.nCopies(files.size() - classes.size(), null));
      for (Path child : root.folders()) {
        PictureFolder.addAll(folder.toRealPath(), child, ownFiles, files, own);
        String name = child.getFileName().toString();
        if (files.size() > classes.size()) {
          FileNames.require(child);
        }
        classes.addAll(Collections.nCopies(files.size() - classes.size(), name));
      }
    } catch (IOException e) {
      boolean isNamed = e instanceof FileSystemException f && f.getFile() != null;
      throw UserException.cannotRead(
          isNamed ? Path.of(((FileSystemException) e).getFile()) : folder, e);
    }
    if (files.size() == before) {
      throw own.isEmpty()
          ? ImageFiles.none(folder)
          : new UserException(
              "all pictures in %s were made by fmviz: give a folder with others".formatted(folder));
    }
  }

  private static int[] labels(List<String> classes, List<String> names) {
    int[] labels = new int[classes.size()];
    Arrays.fill(labels, Images.NO_LABEL);
    for (int i = 0; i < labels.length; i++) {
      if (classes.get(i) != null) {
        labels[i] = Collections.binarySearch(names, classes.get(i), PictureFolder.BY_CODE_POINT);
      }
    }
    return labels;
  }

  /** Whether folders tell what each file shows. */
  public boolean isLabeled() {
    return Arrays.stream(labels).noneMatch(label -> label == Images.NO_LABEL);
  }
}
