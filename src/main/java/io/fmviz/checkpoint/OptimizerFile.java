package io.fmviz.checkpoint;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What only a resumed training needs, in a file of its own beside its checkpoint: Adam's step and
 * moments, as safetensors under PyTorch's terms ({@code exp_avg.net.0.weight}, {@code
 * exp_avg_sq.net.0.weight}).
 *
 * @param step how many steps were made
 * @param mean the running mean of each parameter's gradient
 * @param variance the running mean of its square
 */
public record OptimizerFile(int step, Map<String, float[]> mean, Map<String, float[]> variance) {
  private static final String MEAN = "exp_avg.";
  private static final String VARIANCE = "exp_avg_sq.";
  private static final String STEP = "step";
  private static final String CHECKPOINT = "checkpoint_sha256";

  /**
   * Writes the file.
   *
   * @param checkpoint the checkpoint that it belongs to, by its tensors' checksum
   */
  public void write(Path file, Checkpoint checkpoint) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    checkpoint
        .tensors()
        .forEach(
            (name, tensor) -> {
              tensors.put(MEAN + name, Tensor.of(tensor.shape(), mean.get(name)));
              tensors.put(VARIANCE + name, Tensor.of(tensor.shape(), variance.get(name)));
            });
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(STEP, String.valueOf(step));
    metadata.put(CHECKPOINT, TensorsChecksum.of(checkpoint.tensors()));
    metadata.put(TensorsChecksum.NAME, TensorsChecksum.of(tensors));
    AtomicFile.writeDurably(file, new Safetensors(metadata, tensors)::writeTo);
  }

  /**
   * Reads the file that belongs to a checkpoint.
   *
   * @throws UserException if it is damaged, or belongs to another checkpoint
   */
  public static OptimizerFile read(Path file, Checkpoint checkpoint) {
    Safetensors content = Safetensors.read(file);
    TensorsChecksum.verify(file, content.metadata(), content.tensors());
    String hash = TensorsChecksum.of(checkpoint.tensors());
    if (!hash.equals(content.metadata().get(CHECKPOINT))) {
      throw bad(file, "it does not belong to " + checkpoint.file());
    }
    Map<String, float[]> mean = new LinkedHashMap<>();
    Map<String, float[]> variance = new LinkedHashMap<>();
    checkpoint
        .tensors()
        .forEach(
            (name, tensor) -> {
              mean.put(name, values(file, content, MEAN + name, tensor.shape()));
              variance.put(name, values(file, content, VARIANCE + name, tensor.shape()));
            });
    return new OptimizerFile(step(file, content.metadata().get(STEP)), mean, variance);
  }

  private static float[] values(Path file, Safetensors content, String name, long[] shape) {
    Tensor tensor = content.tensors().get(name);
    if (tensor == null
        || !tensor.type().equals(Tensor.FLOAT32)
        || !Arrays.equals(tensor.shape(), shape)) {
      throw bad(file, "the tensor " + name + " is missing or of another type or shape");
    }
    return tensor.floats();
  }

  private static int step(Path file, String text) {
    if (text == null || !text.matches("[1-9]\\d{0,8}")) {
      throw bad(file, "it has no step count");
    }
    return Integer.parseInt(text);
  }

  private static UserException bad(Path file, String reason) {
    return new UserException(
        Settings.named("training can't go on from %s: %s; train from scratch without {resume}")
            .formatted(file, reason));
  }
}
