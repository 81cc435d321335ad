package io.fmviz.network.torch;

import io.fmviz.base.TargetFile;
import io.fmviz.base.UserException;
import io.fmviz.base.Versions;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.tensor.Tensor;
import io.fmviz.tensor.TensorFile;
import java.nio.file.Path;
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
  /**
   * Reads a file that holds a known classifier's tensors, of whatever widths, once, wherever in it
   * they are. Its numbers may be float64, float16 or bfloat16, and its names may have a prefix in
   * common ({@code module.net.0.weight}).
   *
   * @throws UserException if it can't be read, or a tensor is missing, extra, or of the wrong type
   *     or shape; the message names it
   */
  public static SavedClassifier read(Path file) {
    return read(file, Topology.KNOWN);
  }

  static SavedClassifier read(Path file, List<Topology> known) {
    TensorFile content = Checkpoint.open(file);
    ClassifierSearch.Found found = ClassifierSearch.find(file, content, known);
    return new SavedClassifier(
        new Checkpoint(file, content.sha256(), content.metadata(), found.tensors()),
        found.widths());
  }

  /** What a file is to hold of a classifier that was trained. */
  public static SavedClassifier of(
      Path file, ClassifierWidths widths, Map<String, float[]> weights, CheckpointInfo info) {
    return of(file, widths, weights, info.toMetadata(widths.topology().name(), widths.toString()));
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
    said.putAll(ofAnyFile(newWidths));
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
  public void export(TargetFile target) {
    new Checkpoint(target.path(), said(), tensors()).withChecksum().export(target);
  }

  /** What the file says of itself, and what can be said of any. */
  public Map<String, String> said() {
    Map<String, String> said = ofAnyFile(widths);
    said.putAll(metadata());
    return said;
  }

  private static Map<String, String> ofAnyFile(ClassifierWidths widths) {
    return CheckpointInfo.metadata(
        Versions.get().fmviz(), widths.topology().name(), widths.toString());
  }

  @Override
  public float[] values(String name, long[] shape) {
    return tensors().get(name).floats();
  }
}
