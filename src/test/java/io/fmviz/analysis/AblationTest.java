package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fmviz.ChannelsFixture;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.model.Classifier;
import io.fmviz.training.Batches;
import io.fmviz.training.ImageOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AblationTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

  @Test
  void answersAsPyTorchDoesWithoutAnyChannelOfAnyLayer() {
    Map<String, float[]> weights = ChannelsFixture.weights("weights.");
    Map<Layer, NDArray> outputs = new LinkedHashMap<>();
    try (NDManager manager = NDManager.newBaseManager();
        Classifier classifier =
            new Classifier(manager, ChannelsFixture.WIDTHS, (name, shape) -> weights.get(name))) {
      NDArray images =
          new Batches(ChannelsFixture.images()).images(manager, ImageOrder.ascending(12), 0, 12);
      try (ForwardListeners listeners =
          ForwardListeners.attach(
              classifier.block(),
              layer -> layer.path().startsWith("0."),
              (layer, in, out) -> outputs.put(layer, out.singletonOrThrow()))) {
        assertThat(classifier.logits(images).toFloatArray())
            .containsExactly(ChannelsFixture.floats("logits"), CLOSE);
        assertThat(listeners.layers()).hasSize(9);
      }
      outputs.forEach(
          (layer, output) -> {
            float[] before = output.toFloatArray();
            float[] expected = ChannelsFixture.floats("ablated." + layer.name());
            List<Integer> channels = new ArrayList<>();
            Ablation.run(
                classifier,
                layer,
                output,
                (channel, logits) -> {
                  channels.add(channel);
                  assertThat(logits)
                      .as("%s without %d", layer.name(), channel)
                      .containsExactly(
                          Arrays.copyOfRange(expected, 120 * channel, 120 * (channel + 1)), CLOSE);
                });
            assertThat(channels).hasSize(expected.length / 120).isSorted();
            assertThat(output.toFloatArray()).as("is left as it is").isEqualTo(before);
          });
    }
  }
}
