package io.fmviz.checkpoint;

import io.fmviz.base.TargetFile;
import io.fmviz.base.UserException;
import io.fmviz.tensor.NumpyArchive;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.StateDictWriter;
import io.fmviz.tensor.Tensor;
import io.fmviz.tensor.TensorFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network's parameters in a file. fmviz keeps them as safetensors, and reads and writes PyTorch's
 * state dicts and NumPy's archives too.
 *
 * @param file where it was read, or is to be written
 * @param sha256 of the file's bytes as they were read; null if it is to be written
 * @param metadata what the file says of itself; empty if it is from elsewhere
 * @param tensors by their names
 */
public record Checkpoint(
    Path file, String sha256, Map<String, String> metadata, Map<String, Tensor> tensors) {
  /** One that is to be written. */
  public Checkpoint(Path file, Map<String, String> metadata, Map<String, Tensor> tensors) {
    this(file, null, metadata, tensors);
  }

  /**
   * Reads all that a file holds: safetensors, a state dict of PyTorch's, or an archive of NumPy's.
   *
   * @throws UserException if it can't be read, or its tensors are not those of its checksum
   */
  public static TensorFile open(Path file) {
    TensorFile content = TensorFile.read(file);
    if (!content.metadata().isEmpty()) {
      TensorsChecksum.verify(file, content.metadata(), content.groups().get(0).read());
    }
    return content;
  }

  /** Reads a file for what it says of itself, whatever network it holds; without the tensors. */
  public static Checkpoint readMetadata(Path file) {
    TensorFile content = open(file);
    return new Checkpoint(file, content.sha256(), content.metadata(), Map.of());
  }

  /** The same, and its metadata has the tensors' checksum. */
  public Checkpoint withChecksum() {
    Map<String, String> said = new LinkedHashMap<>(metadata);
    said.put(TensorsChecksum.NAME, TensorsChecksum.of(tensors));
    return new Checkpoint(file, said, tensors);
  }

  /** Writes the file as safetensors; it appears whole or not at all. */
  public void write() {
    write(new TargetFile(file, true));
  }

  /** Writes a file as safetensors. */
  public void write(TargetFile target) {
    target.write(new Safetensors(metadata, tensors)::writeTo);
  }

  /**
   * Writes a file in the format of its name.
   *
   * @throws IllegalArgumentException if the name ends in none
   * @throws UserException if it can't be written
   */
  public void export(TargetFile target) {
    target.write(
        switch (format(target.path())) {
          case PYTORCH -> out -> StateDictWriter.write(tensors, out);
          case NUMPY -> out -> NumpyArchive.write(tensors, out);
          case SAFETENSORS -> new Safetensors(metadata, tensors)::writeTo;
        });
  }

  private static CheckpointFormat format(Path file) {
    return CheckpointFormat.of(file)
        .orElseThrow(() -> new IllegalArgumentException(file + " ends like no format"));
  }
}
