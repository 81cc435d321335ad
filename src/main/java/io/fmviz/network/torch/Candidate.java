package io.fmviz.network.torch;

import static io.fmviz.base.MalformedException.verify;

import io.fmviz.base.MalformedException;
import io.fmviz.tensor.StoredTensor;
import io.fmviz.tensor.Tensor;
import io.fmviz.tensor.TensorGroup;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tensors of a file that may be a classifier's: those of a group whose names begin alike.
 *
 * @param topology of that classifier
 * @param names of the group
 * @param prefix what is before the classifier's own names, {@code module.}; may be empty
 */
record Candidate(Topology topology, TensorGroup group, SortedNames names, String prefix) {
  private static final String BIAS = "bias";

  /** Where it is in the file: {@code ema.module}. */
  String place() {
    String inner = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    String outer = group.place().get();
    if (outer.isEmpty() || inner.isEmpty()) {
      return outer + inner + (outer.isEmpty() && inner.isEmpty() ? "the outermost names" : "");
    }
    return outer + "." + inner;
  }

  /** The parameters in forward order, as float32. */
  Map<String, Tensor> read() {
    Map<String, Tensor> read = new LinkedHashMap<>();
    stored().forEach((name, tensor) -> read.put(name, tensor.read().toFloat32()));
    return read;
  }

  ClassifierWidths widths() {
    return ClassifierWidths.of(topology, stored());
  }

  /**
   * Checks that all parameters are there, with types and shapes that fit each other, and no more
   * beside them in their modules: a network with another layer is another network.
   *
   * @throws MalformedException which names what is missing, wrong or too much
   */
  void check() {
    Map<String, StoredTensor> stored = stored();
    ClassifierWidths.of(topology, stored)
        .parameterShapes()
        .forEach((name, shape) -> check(name, stored.get(name), shape));
    for (String module : topology.modules()) {
      for (String name : names.under(prefix + module + ".")) {
        verify(stored.containsKey(own(name)), "the tensor %s does not belong there", own(name));
      }
    }
  }

  /**
   * Checks that what stands beside the classifier's modules is no other layer of the same network,
   * such as a normalization, without which the answers would be other ones. A number is none, nor
   * whatever counts; nor is a single row of a number for each class that is no bias: a loss's
   * weights.
   *
   * @throws MalformedException which names it
   */
  void checkSiblings() {
    Map<String, StoredTensor> stored = stored();
    long classes = stored.get(topology.linear().bias()).shape()[0];
    Map<String, String> byModule = new HashMap<>();
    for (String name : names.under(prefix)) {
      StoredTensor tensor = group.tensors().get(name);
      if (stored.containsKey(own(name)) || !tensor.isFloating() || tensor.shape().length == 0) {
        continue;
      }
      String module = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      verify(
          Arrays.equals(tensor.shape(), new long[] {classes})
              && !name.endsWith(BIAS)
              && byModule.put(module, name) == null,
          "the tensor %s does not belong there",
          own(name));
    }
  }

  private String own(String name) {
    return name.substring(prefix.length());
  }

  /** Those of the parameters that are there, by the classifier's own names, in forward order. */
  private Map<String, StoredTensor> stored() {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    for (ClassifierLayer layer : topology.layers()) {
      if (layer.hasParameters()) {
        for (String name : new String[] {layer.weight(), layer.bias()}) {
          StoredTensor tensor = group.tensors().get(prefix + name);
          if (tensor != null) {
            stored.put(name, tensor);
          }
        }
      }
    }
    return stored;
  }

  private static void check(String name, StoredTensor tensor, long[] shape) {
    if (tensor == null) {
      throw missing(name);
    }
    verify(
        Arrays.equals(tensor.shape(), shape),
        "the tensor %s has the shape %s, not %s",
        name,
        Arrays.toString(tensor.shape()),
        Arrays.toString(shape));
    verify(
        tensor.isFloating(),
        "the tensor %s has the type %s, not F32, F64, F16 or BF16",
        name,
        tensor.type());
  }

  /** That a parameter is not there. */
  static MalformedException missing(String name) {
    return new MalformedException("the tensor " + name + " is missing", null);
  }
}
