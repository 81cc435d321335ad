package io.fmviz;

import io.fmviz.base.Exact;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.torch.ClassifierLayer;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import io.fmviz.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier with other layers, names, kernels and images than the digits': for what must hold of
 * any. {@link #logits} are PyTorch's, of
 *
 * <pre>{@code
 * net = nn.Sequential(
 *     nn.Conv2d(1, 2, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3), nn.Conv2d(2, 3, 3, padding=1),
 *     nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 10))
 * for p in net.parameters():
 *     p.data = torch.tensor([(i * 37 % 23 - 11) / 23 for i in range(p.numel())]).reshape(p.shape)
 * x = torch.tensor([[(p * p * 7 + n * 31) % 256 for p in range(169)] for n in range(3)]) / 255
 * net(x.reshape(3, 1, 13, 13))
 * }</pre>
 */
public final class TwoConvolutions {
  public static final Topology TOPOLOGY =
      new Topology(
          "conv2-gap-linear",
          13,
          List.of(
              ClassifierLayer.convolution("features.0", 5),
              ClassifierLayer.relu("features.1"),
              ClassifierLayer.maxPool("features.2", 3),
              ClassifierLayer.convolution("features.3", 3),
              ClassifierLayer.relu("features.4"),
              ClassifierLayer.averagePool("features.5"),
              ClassifierLayer.linear("head")));

  public static final ClassifierWidths WIDTHS =
      new ClassifierWidths(TOPOLOGY, 1, List.of(2, 3), 10);

  private TwoConvolutions() {}

  public static Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    WIDTHS
        .parameterShapes()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) Exact.product(shape)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (i * 37 % 23 - 11) / 23f;
              }
              weights.put(name, values);
            });
    return weights;
  }

  /** Of the three images, row by row. */
  public static float[] logits() {
    return new float[] {
      -0.46886f, 0.128767f, -0.281387f, 0.308458f, -0.001089f,
      -0.411244f, 0.186383f, -0.223771f, 0.366074f, -0.04408f,
      -0.466387f, 0.127649f, -0.284537f, 0.303277f, 0.004939f,
      -0.407247f, 0.186789f, -0.225397f, 0.362416f, -0.04977f,
      -0.463434f, 0.120337f, -0.29151f, 0.283653f, 0.030031f,
      -0.394806f, 0.188964f, -0.235873f, 0.352281f, -0.072556f
    };
  }

  /** Three images, of the classes 0, 1 and 2. */
  public static LabeledImages images() {
    byte[] pixels = new byte[3 * 169];
    for (int i = 0; i < pixels.length; i++) {
      int p = i % 169;
      pixels[i] = (byte) (p * p * 7 + i / 169 * 31);
    }
    return LabeledImages.ofTen(pixels, new byte[] {0, 1, 2}, 13, 13);
  }

  public static ClassifierNetwork network(ClassifierWidths widths, Map<String, float[]> weights) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    widths
        .parameterShapes()
        .forEach((name, shape) -> tensors.put(name, Tensor.of(shape, weights.get(name))));
    return new ClassifierNetwork(
        new SavedClassifier(new Checkpoint(Path.of("two"), Map.of(), tensors), widths));
  }
}
