package io.fmviz.network.torch;

import io.fmviz.tensor.TensorGroup;
import java.util.Arrays;

/**
 * The names of a group's tensors in order, so that those of a prefix stand together: however many
 * prefixes are asked for, a file of many names costs no more than to sort them.
 */
final class SortedNames {
  private final TensorGroup group;
  private String[] names;

  SortedNames(TensorGroup group) {
    this.group = group;
  }

  /** The names that begin so; a view that is only to be read. */
  Iterable<String> under(String prefix) {
    return Arrays.asList(sorted()).subList(place(prefix), place(prefix + Character.MAX_VALUE));
  }

  private int place(String name) {
    int place = Arrays.binarySearch(sorted(), name);
    return place < 0 ? -place - 1 : place;
  }

  private String[] sorted() {
    if (names == null) {
      names = group.tensors().keySet().toArray(String[]::new);
      Arrays.sort(names);
    }
    return names;
  }
}
