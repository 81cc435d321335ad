package io.fmviz;

import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import io.fmviz.network.torch.WeightSource;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What PyTorch and torchvision made of a small network; scripts/make-test-fixture.py and
 * scripts/make-drawing-fixture.py wrote it.
 */
public final class TorchFixture {
  public static final ClassifierWidths WIDTHS = Topology.DIGITS.ofBase(2);

  private static final Safetensors CONTENT = Safetensors.read(file("torch"));
  private static final Safetensors DRAWING = Safetensors.read(file("drawing"));

  private TorchFixture() {}

  private static Path file(String name) {
    try {
      return Path.of(TorchFixture.class.getResource("/" + name + ".safetensors").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  public static WeightSource weights(String prefix) {
    return (name, shape) -> floats(prefix + name);
  }

  /** The small network, with the parameters whose names begin so. */
  public static ClassifierNetwork network(String prefix) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    WIDTHS
        .parameterShapes()
        .forEach((name, shape) -> tensors.put(name, Tensor.of(shape, floats(prefix + name))));
    return new ClassifierNetwork(
        new SavedClassifier(new Checkpoint(file("torch"), Map.of(), tensors), WIDTHS));
  }

  public static float[] floats(String name) {
    return tensor(name).floats();
  }

  public static long[] shape(String name) {
    return tensor(name).shape();
  }

  public static byte[] bytes(String name) {
    byte[] bytes = new byte[tensor(name).data().remaining()];
    tensor(name).data().duplicate().get(bytes);
    return bytes;
  }

  public static LabeledImages images() {
    float[] labels = floats("labels");
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return LabeledImages.ofTen(bytes("images"), bytes, 28, 28);
  }

  private static Tensor tensor(String name) {
    Tensor tensor = CONTENT.tensors().get(name);
    return tensor != null ? tensor : DRAWING.tensors().get(name);
  }
}
