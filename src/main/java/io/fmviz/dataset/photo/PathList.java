package io.fmviz.dataset.photo;

import io.fmviz.dataset.file.SizedFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Many paths in little memory: each folder once, and for each file the bytes of its name and eight
 * more, of which four are its size.
 */
final class PathList extends AbstractList<Path> implements SizedFiles, RandomAccess {
  private static final int KILO = 1024;

  private final List<Folder> folders = new ArrayList<>();

  /** Where each folder's files end, in the list. */
  private int[] ends = new int[4];

  private int[] kilobytes = new int[16];
  private int size;

  /** A folder's files: their names behind each other. */
  private static final class Folder {
    private final Path path;
    private byte[] names = new byte[64];
    private int[] ends = new int[4];
    private int count;

    Folder(Path path) {
      this.path = path;
    }

    void add(String name) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      int from = count == 0 ? 0 : ends[count - 1];
      int to = Math.addExact(from, bytes.length);
      names = to <= names.length ? names : Arrays.copyOf(names, grown(to));
      ends = count < ends.length ? ends : Arrays.copyOf(ends, grown(count));
      System.arraycopy(bytes, 0, names, from, bytes.length);
      ends[count++] = to;
    }

    Path get(int index) {
      int from = index == 0 ? 0 : ends[index - 1];
      String name = new String(names, from, ends[index] - from, StandardCharsets.UTF_8);
      return path == null ? Path.of(name) : path.resolve(name);
    }

    void trim() {
      names = Arrays.copyOf(names, count == 0 ? 0 : ends[count - 1]);
      ends = Arrays.copyOf(ends, count);
    }
  }

  /** Half as much again. */
  private static int grown(int size) {
    return (int) Math.min(Integer.MAX_VALUE - 8, size + size / 2L + 4);
  }

  /** Adds a file that is so large. */
  void add(Path file, long bytes) {
    Path parent = file.getParent();
    int last = folders.size() - 1;
    if (last < 0 || !Objects.equals(folders.get(last).path, parent)) {
      if (last >= 0) {
        folders.get(last).trim();
      }
      folders.add(new Folder(parent));
      last++;
      ends = last < ends.length ? ends : Arrays.copyOf(ends, 2 * last);
    }
    folders.get(last).add(file.getFileName() == null ? file.toString() : fileName(file));
    kilobytes = size < kilobytes.length ? kilobytes : Arrays.copyOf(kilobytes, grown(size));
    kilobytes[size++] = (int) Math.min(Integer.MAX_VALUE, (bytes + KILO - 1) / KILO);
    ends[last] = size;
  }

  private static String fileName(Path file) {
    return file.getFileName().toString();
  }

  @Override
  public Path get(int index) {
    int found = Arrays.binarySearch(ends, 0, folders.size(), index + 1);
    int folder = found < 0 ? -found - 1 : found;
    return folders.get(folder).get(index - (folder == 0 ? 0 : ends[folder - 1]));
  }

  @Override
  public long bytes(int index) {
    return (long) KILO * kilobytes[Objects.checkIndex(index, size)];
  }

  @Override
  public int size() {
    return size;
  }
}
