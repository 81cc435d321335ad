package io.fmviz;

import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A small network as PyTorch exports it, and where PyTorch finds that it looks;
 * scripts/make-cam-fixture.py wrote it.
 */
public record CamFixture(Path file, Map<String, Tensor> seen) {
  public static final int HEIGHT = 20;
  public static final int WIDTH = 28;

  public static CamFixture of(String name) {
    return new CamFixture(
        path(name + ".onnx"), Safetensors.read(path(name + ".safetensors")).tensors());
  }

  private static Path path(String name) {
    try {
      return Path.of(CamFixture.class.getResource("/cam/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  public Network network() {
    return OnnxModel.read(file).network(3, HEIGHT, WIDTH, false);
  }

  public Batch image() {
    return Batch.of(new FloatImages(floats("image"), 3, HEIGHT, WIDTH), new int[] {0}, 0, 1);
  }

  public float[] floats(String name) {
    return seen.get(name).floats();
  }
}
