package io.fmviz;

import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What PyTorch found out about the channels of a small network, some of them dead;
 * scripts/make-channels-fixture.py wrote it.
 */
public final class ChannelsFixture {
  public static final ClassifierWidths WIDTHS = Topology.DIGITS.ofBase(2);
  public static final ClassifierWidths PRUNED_WIDTHS =
      new ClassifierWidths(Topology.DIGITS, 1, List.of(1, 2, 4), 10);

  /** The channels of each convolution that are not dead. */
  public static final List<List<Integer>> ALIVE =
      List.of(List.of(0), List.of(1, 3), List.of(1, 2, 4, 5));

  private static final Safetensors CONTENT = Safetensors.read(file());

  private ChannelsFixture() {}

  private static Path file() {
    try {
      return Path.of(ChannelsFixture.class.getResource("/channels.safetensors").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  public static float[] floats(String name) {
    return CONTENT.tensors().get(name).floats();
  }

  /** The parameters under a prefix, {@code weights.} or {@code pruned.}. */
  public static Map<String, float[]> weights(String prefix) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    WIDTHS.parameterShapes().keySet().forEach(n -> weights.put(n, floats(prefix + n)));
    return weights;
  }

  /** Twelve images of four classes, three of each. */
  public static LabeledImages images() {
    byte[] pixels = new byte[12 * 784];
    CONTENT.tensors().get("images").data().duplicate().get(pixels);
    return LabeledImages.ofTen(pixels, new byte[] {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3}, 28, 28);
  }

  /** A network of these widths, with its parameters. */
  public static ClassifierNetwork network(ClassifierWidths widths, Map<String, float[]> weights) {
    return new ClassifierNetwork(
        new SavedClassifier(checkpoint(file(), widths, weights, Map.of()), widths));
  }

  /** Writes a network of these weights as a checkpoint that says of itself what is given. */
  public static Path writeCheckpoint(
      Path file, Map<String, float[]> weights, Map<String, String> metadata) {
    checkpoint(file, WIDTHS, weights, metadata).write();
    return file;
  }

  private static Checkpoint checkpoint(
      Path file,
      ClassifierWidths widths,
      Map<String, float[]> weights,
      Map<String, String> metadata) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    widths
        .parameterShapes()
        .forEach((name, shape) -> tensors.put(name, Tensor.of(shape, weights.get(name))));
    return new Checkpoint(file, metadata, tensors);
  }
}
