package io.fmviz.network.onnx;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.Picture;
import io.fmviz.network.Batch;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A small network as PyTorch exports it, and what its modules' hooks saw of two images;
 * scripts/make-onnx-fixtures.py wrote it.
 */
record OnnxFixture(Path file, Map<String, Tensor> seen) {
  static OnnxFixture of(String name) {
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

  OnnxNetwork network() {
    long[] shape = seen.get("input").shape();
    return OnnxModel.read(file).network(3, (int) shape[2], (int) shape[3], false);
  }

  float[] floats(String name) {
    return seen.get(name).floats();
  }

  /** Both images in a batch of some size, filled up with the last. */
  Batch batch(int size) {
    long[] shape = seen.get("input").shape();
    return Batch.of(
        new Two(floats("input"), (int) shape[2], (int) shape[3]), new int[] {0, 1}, 0, size);
  }

  /** The images. */
  record Two(float[] values, int height, int width) implements Images {
    @Override
    public int count() {
      return 2;
    }

    @Override
    public int channels() {
      return 3;
    }

    @Override
    public void copyTo(FloatBuffer target, int index) {
      target.put(values, index * size(), size());
    }

    @Override
    public Picture picture(int index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String title(int index) {
      return String.valueOf(index + 1);
    }

    @Override
    public Images first(int count) {
      throw new UnsupportedOperationException();
    }
  }
}
