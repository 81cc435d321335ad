package io.fmviz.checkpoint;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import io.fmviz.model.ClassifierWidths;
import io.fmviz.model.WeightSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A classifier's parameters in a safetensors file, under PyTorch's names for the same network, so
 * that {@code load_state_dict(safetensors.torch.load_file(...))} takes it.
 *
 * @param file where it was read
 * @param metadata what the file says of itself; empty if it is from elsewhere
 * @param widths inferred from the shapes
 */
public record Checkpoint(
    Path file, Map<String, String> metadata, ClassifierWidths widths, Map<String, Tensor> tensors)
    implements WeightSource {
  static final String CHECKSUM = "tensors_sha256";

  /**
   * Reads a safetensors file that holds exactly the classifier's tensors, of whatever widths.
   *
   * @throws UserException if it can't be read, or a tensor is missing, extra, or of the wrong type
   *     or shape; the message names it
   */
  public static Checkpoint read(Path file) {
    Safetensors content = Safetensors.read(file);
    verifyChecksum(file, content);
    Map<String, Tensor> tensors = content.tensors();
    ClassifierWidths widths = inferWidths(file, tensors);
    Map<String, long[]> expected = widths.parameterShapes();
    expected.forEach((name, shape) -> check(file, name, tensors.get(name), shape));
    for (String name : tensors.keySet()) {
      if (!expected.containsKey(name)) {
        throw bad(file, "the tensor " + name + " does not belong there");
      }
    }
    return new Checkpoint(file, content.metadata(), widths, tensors);
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
    said.putAll(CheckpointInfo.form(describe(newWidths)));
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

  /** Writes the file, which appears whole or not at all. */
  public void write() {
    AtomicFile.writeDurably(file, new Safetensors(metadata, tensors)::writeTo);
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
    long[] first = shape(file, tensors, "net.0.weight", 4);
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
    if (!tensor.type().equals(Tensor.FLOAT32)) {
      throw bad(file, "the tensor %s has the type %s, not F32".formatted(name, tensor.type()));
    }
  }

  private static UserException missing(Path file, String name) {
    return bad(file, "the tensor " + name + " is missing");
  }

  private static UserException bad(Path file, String reason) {
    return new UserException(file + " does not fit the classifier: " + reason);
  }
}
