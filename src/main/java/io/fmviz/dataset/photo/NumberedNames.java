package io.fmviz.dataset.photo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gathers names that each have a number, in whatever order they come. */
final class NumberedNames {
  private final Map<Integer, String> byNumber = new HashMap<>();
  private boolean isTwice;

  void put(int number, String name) {
    isTwice |= byNumber.put(number, name) != null;
  }

  int count() {
    return byNumber.size();
  }

  /** The names from 0 on; none unless each number up to the last has one. */
  List<String> names() {
    return names(0);
  }

  /** The same where the first number is another. */
  List<String> names(int first) {
    int count = byNumber.size();
    boolean areAll =
        !isTwice && IntStream.range(first, first + count).allMatch(byNumber::containsKey);
    return areAll
        ? IntStream.range(first, first + count).mapToObj(byNumber::get).toList()
        : List.of();
  }
}
