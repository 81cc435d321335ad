package io.fmviz.dataset.photo;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** Many paths in little memory: each folder once, and the names in it. */
final class PathList extends AbstractList<Path> implements RandomAccess {
  private final List<Path> folders = new ArrayList<>();

  /** Where each folder's files end. */
  private int[] ends = new int[4];

  private final List<String> names = new ArrayList<>();

  @Override
  public boolean add(Path file) {
    Path folder = file.getParent();
    int last = folders.size() - 1;
    if (last < 0 || !Objects.equals(folders.get(last), folder)) {
      folders.add(folder);
      last++;
      ends = last < ends.length ? ends : Arrays.copyOf(ends, 2 * last);
    }
    names.add(file.getFileName() == null ? file.toString() : file.getFileName().toString());
    ends[last] = names.size();
    return true;
  }

  @Override
  public Path get(int index) {
    String name = names.get(index);
    int found = Arrays.binarySearch(ends, 0, folders.size(), index + 1);
    Path folder = folders.get(found < 0 ? -found - 1 : found);
    return folder == null ? Path.of(name) : folder.resolve(name);
  }

  @Override
  public int size() {
    return names.size();
  }
}
