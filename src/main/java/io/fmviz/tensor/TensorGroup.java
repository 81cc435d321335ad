package io.fmviz.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tensors that stand together in a file: those of one dict, or all of a format without such.
 *
 * @param place tells where the dict is: {@code model.state_dict}; empty for the file's outermost
 * @param tensors by their names, in the file's order
 */
public record TensorGroup(Supplier<String> place, Map<String, ? extends StoredTensor> tensors) {
  /** All of them with their values. */
  public Map<String, Tensor> read() {
    Map<String, Tensor> read = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> read.put(name, tensor.read()));
    return read;
  }
}
