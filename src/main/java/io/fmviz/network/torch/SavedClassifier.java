package io.fmviz.network.torch;

import io.fmviz.base.UserException;
import io.fmviz.base.Versions;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier's parameters as a checkpoint holds them, under PyTorch's names for the same network.
 *
 * @param checkpoint whose tensors are the parameters in forward order, as float32
 * @param widths inferred from the shapes
 */
public record SavedClassifier(Checkpoint checkpoint, ClassifierWidths widths)
    implements WeightSource {
  private static final String FIRST = Topology.LAYERS.get(0).weight();

  /**
   * Reads a file that holds exactly the classifier's tensors, of whatever widths. Its numbers may
   * be float64, float16 or bfloat16, and its names may have a prefix in common ({@code
   * module.net.0.weight}).
   *
   * @throws UserException if it can't be read, or a tensor is missing, extra, or of the wrong type
   *     or shape; the message names it
   */
  public static SavedClassifier read(Path file) {
    Checkpoint content = Checkpoint.read(file);
    Map<String, Tensor> found = withoutPrefix(content.tensors());
    ClassifierWidths widths = inferWidths(file, found);
    Map<String, long[]> expected = widths.parameterShapes();
    expected.forEach((name, shape) -> check(file, name, found.get(name), shape));
    for (String name : found.keySet()) {
      if (!expected.containsKey(name)) {
        throw bad(file, "the tensor " + name + " does not belong there");
      }
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    expected.keySet().forEach(name -> tensors.put(name, found.get(name).toFloat32()));
    return new SavedClassifier(
        new Checkpoint(file, content.sha256(), content.metadata(), tensors), widths);
  }

  /** Drops what DataParallel and other wrappers put before every name. */
  private static Map<String, Tensor> withoutPrefix(Map<String, Tensor> tensors) {
    String prefix =
        tensors.keySet().stream()
            .filter(name -> name.endsWith("." + FIRST))
            .map(name -> name.substring(0, name.length() - FIRST.length()))
            .findFirst()
            .orElse("");
    if (!tensors.keySet().stream().allMatch(name -> name.startsWith(prefix))) {
      return tensors;
    }
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(name.substring(prefix.length()), tensor));
    return renamed;
  }

  /** What a file is to hold of a classifier that was trained. */
  public static SavedClassifier of(
      Path file, ClassifierWidths widths, Map<String, float[]> weights, CheckpointInfo info) {
    return of(file, widths, weights, info.toMetadata(widths.toString()));
  }

  /**
   * A classifier that was made from this one. It says of itself what this one does, but for its
   * form.
   *
   * @param more what it says beside that, or instead
   */
  public SavedClassifier derive(
      Path target,
      ClassifierWidths newWidths,
      Map<String, float[]> weights,
      Map<String, String> more) {
    Map<String, String> said = new LinkedHashMap<>(metadata());
    said.putAll(CheckpointInfo.metadata(Versions.get().fmviz(), newWidths.toString()));
    said.putAll(more);
    return of(target, newWidths, weights, said);
  }

  private static SavedClassifier of(
      Path file,
      ClassifierWidths widths,
      Map<String, float[]> weights,
      Map<String, String> metadata) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    widths
        .parameterShapes()
        .forEach((name, shape) -> tensors.put(name, Tensor.of(shape, weights.get(name))));
    return new SavedClassifier(new Checkpoint(file, metadata, tensors).withChecksum(), widths);
  }

  /** Where it was read, or is to be written. */
  public Path file() {
    return checkpoint.file();
  }

  /** What the file says of itself; empty if it is from elsewhere. */
  public Map<String, String> metadata() {
    return checkpoint.metadata();
  }

  /** The parameters in forward order, float32. */
  public Map<String, Tensor> tensors() {
    return checkpoint.tensors();
  }

  /** A copy of every parameter's values, row by row, under PyTorch's names in forward order. */
  public Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    tensors().forEach((name, tensor) -> weights.put(name, tensor.floats()));
    return weights;
  }

  /** How many of the parameters' values are NaN or infinite. */
  public long notNumbers() {
    return tensors().values().stream().mapToLong(Tensor::notNumbers).sum();
  }

  /** Writes the file as safetensors; it appears whole or not at all. */
  public void write() {
    checkpoint.write();
  }

  /**
   * Writes the same numbers, to the bit, in the format of the file's name. A format that has a
   * place for it tells what this file said of itself, or what can be said of any.
   *
   * @throws IllegalArgumentException if the name ends in none
   * @throws UserException if it can't be written
   */
  public void export(Path target) {
    Map<String, String> said = CheckpointInfo.metadata(Versions.get().fmviz(), widths.toString());
    said.putAll(metadata());
    new Checkpoint(target, said, tensors()).withChecksum().export();
  }

  @Override
  public float[] values(String name, long[] shape) {
    return tensors().get(name).floats();
  }

  private static ClassifierWidths inferWidths(Path file, Map<String, Tensor> tensors) {
    int input = 0;
    List<Integer> convolutions = new ArrayList<>();
    try {
      for (Topology.Layer convolution : Topology.convolutions()) {
        long[] shape = shape(file, tensors, convolution.weight(), 4);
        input = convolutions.isEmpty() ? Math.toIntExact(shape[1]) : input;
        convolutions.add(Math.toIntExact(shape[0]));
      }
      long[] linear = shape(file, tensors, Topology.linear().weight(), 2);
      return new ClassifierWidths(input, convolutions, Math.toIntExact(linear[0]));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw bad(file, e.getMessage());
    }
  }

  private static long[] shape(Path file, Map<String, Tensor> tensors, String name, int rank) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw missing(file, name);
    }
    if (tensor.shape().length != rank) {
      throw bad(
          file,
          "the tensor %s has the shape %s, not one of %d dimensions"
              .formatted(name, Arrays.toString(tensor.shape()), rank));
    }
    return tensor.shape();
  }

  private static void check(Path file, String name, Tensor tensor, long[] shape) {
    if (tensor == null) {
      throw missing(file, name);
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw bad(
          file,
          "the tensor %s has the shape %s, not %s"
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    if (!tensor.isFloating()) {
      throw bad(
          file,
          "the tensor %s has the type %s, not F32, F64, F16 or BF16"
              .formatted(name, tensor.type()));
    }
  }

  private static UserException missing(Path file, String name) {
    return bad(file, "the tensor " + name + " is missing");
  }

  private static UserException bad(Path file, String reason) {
    return new UserException(file + " does not fit the classifier: " + reason);
  }
}
