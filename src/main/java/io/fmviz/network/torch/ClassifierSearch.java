package io.fmviz.network.torch;

import io.fmviz.base.MalformedException;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.tensor.Tensor;
import io.fmviz.tensor.TensorFile;
import io.fmviz.tensor.TensorGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds a classifier's parameters in a file by what they are: in whatever dict they stand, and with
 * whatever before their names, there is one set of tensors of the right names and shapes. What is
 * beside it is passed over: losses, optimizers, counters, other networks.
 *
 * <p>Worked example: in {@code {"epoch": 3, "ema": {"n_averaged": 7, "module.net.0.weight": ...,
 * "module.fc.bias": ...}}} the classifier is {@code ema.module}.
 */
final class ClassifierSearch {
  /** So many places are shown, and compared with each other. */
  private static final int MANY = 8;

  private final List<Topology> topologies;
  private final List<Candidate> fitting = new ArrayList<>();

  /** Why the first candidate that doesn't fit doesn't; null for none. */
  private MalformedException misfit;

  /**
   * What was found.
   *
   * @param tensors the parameters in forward order, under PyTorch's names, as float32
   */
  record Found(ClassifierWidths widths, Map<String, Tensor> tensors) {}

  private ClassifierSearch(List<Topology> topologies) {
    this.topologies = topologies;
  }

  /**
   * A classifier, one of those that are known, or that which the file says it holds.
   *
   * @throws UserException if there is none that fits, naming the tensor that is missing or wrong,
   *     or more than one, naming where they are
   */
  static Found find(Path file, TensorFile content, List<Topology> known) {
    String said = content.metadata().get(CheckpointInfo.ARCHITECTURE);
    List<Topology> meant = known.stream().filter(t -> t.name().equals(said)).toList();
    ClassifierSearch search = new ClassifierSearch(meant.isEmpty() ? known : meant);
    content.groups().forEach(search::lookInto);
    if (search.fitting.size() > 1) {
      throw new UserException(
          "%s holds %s that fit, %s: save the one that is meant in a file of its own"
              .formatted(file, Numbers.count(search.fitting.size(), "network"), search.places()));
    }
    try {
      return search.only();
    } catch (MalformedException e) {
      throw new UserException(file + " does not fit the classifier: " + e.reason(), e);
    }
  }

  private void lookInto(TensorGroup group) {
    SortedNames names = new SortedNames(group);
    for (Topology topology : topologies) {
      String first = first(topology);
      for (String name : group.tensors().keySet()) {
        if (name.equals(first) || name.endsWith("." + first)) {
          String prefix = name.substring(0, name.length() - first.length());
          lookAt(new Candidate(topology, group, names, prefix));
        }
      }
    }
  }

  private void lookAt(Candidate candidate) {
    try {
      candidate.check();
      fitting.add(candidate);
    } catch (MalformedException e) {
      misfit = misfit == null ? e : misfit;
    }
  }

  private static String first(Topology topology) {
    return topology.layers().get(0).weight();
  }

  private Found only() {
    if (fitting.isEmpty()) {
      throw misfit == null ? Candidate.missing(first(topologies.get(0))) : misfit;
    }
    Candidate found = fitting.get(0);
    found.checkSiblings();
    return new Found(found.widths(), found.read());
  }

  private String places() {
    boolean many = fitting.size() > MANY;
    String places =
        fitting.stream().limit(MANY).map(Candidate::place).collect(Collectors.joining(", "));
    String equal = !many && areEqual() ? " (equal to the bit)" : "";
    return places + (many ? " and others" : equal);
  }

  private boolean areEqual() {
    Map<String, Tensor> first = fitting.get(0).read();
    return fitting.stream().skip(1).map(Candidate::read).allMatch(other -> equal(first, other));
  }

  private static boolean equal(Map<String, Tensor> a, Map<String, Tensor> b) {
    return a.keySet().stream().allMatch(name -> a.get(name).data().equals(b.get(name).data()));
  }
}
