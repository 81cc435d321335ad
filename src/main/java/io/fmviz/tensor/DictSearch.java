package io.fmviz.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Looks for dicts of tensors in what a pickle holds: in dicts, lists and tuples, the outermost
 * first. They may hold each other and themselves; each is looked into once, where it is found
 * first.
 */
final class DictSearch {
  /** Far deeper than any training script keeps a state dict. */
  private static final int MAX_DEPTH = 12;

  /** As much of a key is shown: one may be as long as the file. */
  private static final int LONGEST = 100;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<TensorGroup> groups = new ArrayList<>();
  private List<Place> next = new ArrayList<>();

  /**
   * Where a container is.
   *
   * @param parent null for the outermost
   * @param key a dict's, or a number in a list
   */
  private record Place(Place parent, Object key, Object container) {
    /** As Python names it: {@code model.state_dict}, {@code models[0]}. */
    @Override
    public String toString() {
      if (parent == null) {
        return "";
      }
      String outer = parent.toString();
      if (key instanceof String name) {
        String point = outer.isEmpty() ? "" : ".";
        return outer + point + name.substring(0, Math.min(LONGEST, name.length()));
      }
      return outer + "[" + key + "]";
    }
  }

  private DictSearch() {}

  /** The dicts that hold tensors under names. */
  static List<TensorGroup> groups(Object root) {
    DictSearch search = new DictSearch();
    search.find(null, "", root);
    for (int depth = 0; depth < MAX_DEPTH && !search.next.isEmpty(); depth++) {
      List<Place> places = search.next;
      search.next = new ArrayList<>();
      places.forEach(search::lookInto);
    }
    return search.groups;
  }

  private void find(Place parent, Object key, Object value) {
    if (size(value) > 0 && seen.add(value)) {
      next.add(new Place(parent, key, value));
    }
  }

  private static int size(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof Collection<?> list) {
      return list.size();
    }
    return value instanceof Object[] tuple ? tuple.length : 0;
  }

  private void lookInto(Place place) {
    if (place.container() instanceof Map<?, ?> dict) {
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      dict.forEach(
          (key, value) -> {
            if (value instanceof StoredTensor tensor && key instanceof String name) {
              tensors.put(name, tensor);
            }
            find(place, key, value);
          });
      if (!tensors.isEmpty()) {
        groups.add(new TensorGroup(place::toString, tensors));
      }
    } else {
      List<?> items =
          place.container() instanceof Object[] tuple
              ? Arrays.asList(tuple)
              : (List<?>) place.container();
      IntStream.range(0, items.size()).forEach(i -> find(place, i, items.get(i)));
    }
  }
}
