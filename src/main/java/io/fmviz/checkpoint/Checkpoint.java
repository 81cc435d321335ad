package io.fmviz.checkpoint;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import io.fmviz.base.Versions;
import io.fmviz.model.ClassifierWidths;
import io.fmviz.model.WeightSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A classifier's parameters under PyTorch's names for the same network. fmviz keeps them as
 * safetensors, and reads and writes PyTorch's state dicts and NumPy's archives too.
 *
 * @param file where it was read
 * @param metadata what the file says of itself; empty if it is from elsewhere
 * @param widths inferred from the shapes
 * @param tensors in forward order, float32
 */
public record Checkpoint(
    Path file, Map<String, String> metadata, ClassifierWidths widths, Map<String, Tensor> tensors)
    implements WeightSource {
  static final String CHECKSUM = "tensors_sha256";
  private static final String FIRST = "net.0.weight";

  /**
   * Reads a file that holds exactly the classifier's tensors, of whatever widths: safetensors, a
   * state dict of PyTorch's, or an archive of NumPy's. Its numbers may be float64, float16 or
   * bfloat16, and its names may have a prefix in common ({@code module.net.0.weight}).
   *
   * @throws UserException if it can't be read, or a tensor is missing, extra, or of the wrong type
   *     or shape; the message names it
   */
  public static Checkpoint read(Path file) {
    TensorFile content = TensorFile.read(file);
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
    return new Checkpoint(file, content.metadata(), widths, tensors);
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

  /** The checkpoint that a file is to hold. */
  public static Checkpoint of(
      Path file, ClassifierWidths widths, Map<String, float[]> weights, CheckpointInfo info) {
    return of(file, widths, weights, info.toMetadata(describe(widths)));
  }

  /**
   * The checkpoint of a network that was made from this one. It says of itself what this one does,
   * but for its form.
   *
   * @param more what it says beside that, or instead
   */
  public Checkpoint derive(
      Path target,
      ClassifierWidths newWidths,
      Map<String, float[]> weights,
      Map<String, String> more) {
    Map<String, String> said = new LinkedHashMap<>(metadata);
    said.putAll(CheckpointInfo.metadata(Versions.get().fmviz(), describe(newWidths)));
    said.putAll(more);
    return of(target, newWidths, weights, said);
  }

  private static Checkpoint of(
      Path file,
      ClassifierWidths widths,
      Map<String, float[]> weights,
      Map<String, String> metadata) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    widths
        .parameterShapes()
        .forEach((name, shape) -> tensors.put(name, Tensor.of(shape, weights.get(name))));
    metadata.put(CHECKSUM, checksum(tensors));
    return new Checkpoint(file, metadata, widths, tensors);
  }

  /** Writes the file as safetensors; it appears whole or not at all. */
  public void write() {
    AtomicFile.writeDurably(file, new Safetensors(metadata, tensors)::writeTo);
  }

  /**
   * Writes the same numbers, to the bit, in the format of the file's name.
   *
   * @throws IllegalArgumentException if the name ends in none
   * @throws UserException if it can't be written
   */
  public void export(Path target) {
    AtomicFile.Content content =
        switch (CheckpointFormat.of(target)) {
          case PYTORCH -> out -> StateDictWriter.write(tensors, out);
          case NUMPY -> out -> NumpyArchive.write(tensors, out);
          case SAFETENSORS -> new Safetensors(exportedMetadata(), tensors)::writeTo;
        };
    AtomicFile.writeDurably(target, content);
  }

  /** What the file said of itself, or what can be said of any; and the checksum. */
  private Map<String, String> exportedMetadata() {
    Map<String, String> exported =
        CheckpointInfo.metadata(Versions.get().fmviz(), describe(widths));
    exported.putAll(metadata);
    exported.put(CHECKSUM, checksum(tensors));
    return exported;
  }

  /** The SHA-256 of the tensors' bytes, one after the other, in lower-case hexadecimal. */
  static String checksum(Map<String, Tensor> tensors) {
    return Sha256.of(tensors.values().stream().map(tensor -> tensor.data().duplicate()).toList());
  }

  /** Refuses tensors that are not those of the recorded checksum; without one they are taken. */
  static void verifyChecksum(Path file, Safetensors content) {
    String recorded = content.metadata().get(CHECKSUM);
    if (recorded != null && !recorded.equals(checksum(content.tensors()))) {
      throw new UserException(
          file + " is damaged: its tensors are not those that its checksum was made of");
    }
  }

  private static String describe(ClassifierWidths w) {
    return "%d,%d,%d,%d,%d".formatted(w.input(), w.conv1(), w.conv2(), w.conv3(), w.classes());
  }

  @Override
  public float[] values(String name, long[] shape) {
    return tensors.get(name).floats();
  }

  private static ClassifierWidths inferWidths(Path file, Map<String, Tensor> tensors) {
    long[] first = shape(file, tensors, FIRST, 4);
    long[] second = shape(file, tensors, "net.3.weight", 4);
    long[] third = shape(file, tensors, "net.6.weight", 4);
    long[] linear = shape(file, tensors, "fc.weight", 2);
    try {
      return new ClassifierWidths(
          Math.toIntExact(first[1]),
          Math.toIntExact(first[0]),
          Math.toIntExact(second[0]),
          Math.toIntExact(third[0]),
          Math.toIntExact(linear[0]));
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
