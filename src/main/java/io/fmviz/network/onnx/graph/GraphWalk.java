package io.fmviz.network.onnx.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The ways to go through a graph: through what passes a tensor on, and through all there is. */
public record GraphWalk(Graph graph) {
  /** No tensor is behind more operators that pass it on. */
  private static final int MOST_STEPS = 1000;

  /** The tensor that a tensor is, before the operators that pass it on. */
  public String back(String tensor, Predicate<Op> passes) {
    return back(tensor, passes, name -> false);
  }

  /**
   * The first tensor of some kind, from a tensor on back through operators that pass it on.
   *
   * @param passes whether an operator passes its first input on
   * @return the last one that there is where none is of that kind
   */
  public String back(String tensor, Predicate<Op> passes, Predicate<String> until) {
    String found = tensor;
    for (int steps = 0; steps < MOST_STEPS && !until.test(found); steps++) {
      Op maker = graph.maker(found);
      if (maker == null || maker.inputs().isEmpty() || !passes.test(maker)) {
        return found;
      }
      found = maker.input(0);
    }
    return found;
  }

  /**
   * Who reads a tensor, directly or by way of operators that pass it on, which are none of them.
   */
  public List<Op> forward(String tensor, Predicate<Op> passes) {
    List<Op> readers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Deque<String> left = new ArrayDeque<>(List.of(tensor));
    while (!left.isEmpty()) {
      String next = left.remove();
      if (!seen.add(next)) {
        continue;
      }
      for (Op reader : graph.readers(next)) {
        if (reader.input(0).equals(next) && passes.test(reader)) {
          left.add(reader.output());
        } else {
          readers.add(reader);
        }
      }
    }
    return readers;
  }

  /** The operators that a tensor's value goes into, directly or through others. */
  public Set<Op> after(String tensor) {
    return after(tensor, op -> true);
  }

  /**
   * The operators that a tensor's value goes into, directly or through others of them.
   *
   * @param isMeant whether one is followed
   */
  public Set<Op> after(String tensor, Predicate<Op> isMeant) {
    Set<Op> found = new LinkedHashSet<>();
    Deque<String> left = new ArrayDeque<>(List.of(tensor));
    while (!left.isEmpty()) {
      for (Op reader : graph.readers(left.remove())) {
        if (isMeant.test(reader) && found.add(reader)) {
          left.addAll(reader.outputs());
        }
      }
    }
    return found;
  }

  /**
   * The operators that some tensors come from, in the graph's order.
   *
   * @param given tensors beyond which nothing is asked for
   */
  public Collection<Op> before(Collection<String> tensors, Set<String> given) {
    Map<Integer, Op> ops = new TreeMap<>();
    Deque<String> left = new ArrayDeque<>(tensors);
    while (!left.isEmpty()) {
      String tensor = left.remove();
      Op maker = given.contains(tensor) ? null : graph.maker(tensor);
      if (maker != null && ops.put(maker.place(), maker) == null) {
        left.addAll(maker.reads());
      }
    }
    return ops.values();
  }
}
