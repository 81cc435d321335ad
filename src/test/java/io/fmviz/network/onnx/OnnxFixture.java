package io.fmviz.network.onnx;

import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A small network as PyTorch exports it, and what its modules' hooks saw of two images;
 * scripts/make-onnx-fixtures.py wrote it.
 */
public record OnnxFixture(Path file, Map<String, Tensor> seen) {
  /** One of the networks in the resources. */
  public static OnnxFixture of(String name) {
    return new OnnxFixture(
        path(name + ".onnx"), Safetensors.read(path(name + ".safetensors")).tensors());
  }

  private static Path path(String name) {
    try {
      return Path.of(OnnxFixture.class.getResource("/onnx/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The file of a network. */
  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name + ".onnx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The network that it holds. */
  public OnnxNetwork network() {
    long[] shape = seen.get("input").shape();
    return OnnxModel.read(file).network(3, (int) shape[2], (int) shape[3], false);
  }

  /** What was seen under a name. */
  public float[] floats(String name) {
    return seen.get(name).floats();
  }

  /** Both images in a batch of some size, filled up with the last. */
  public Batch batch(int size) {
    long[] shape = seen.get("input").shape();
    return Batch.of(
        new FloatImages(floats("input"), 3, (int) shape[2], (int) shape[3]),
        new int[] {0, 1},
        0,
        size);
  }
}
