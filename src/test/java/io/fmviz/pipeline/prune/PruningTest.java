package io.fmviz.pipeline.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.ChannelsFixture;
import io.fmviz.TwoConvolutions;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import io.fmviz.network.torch.ClassifierWidths;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PruningTest {
  private static final Pruning PRUNED =
      Pruning.of(
          ChannelsFixture.WIDTHS, ChannelsFixture.weights("weights."), ChannelsFixture.ALIVE);

  @Test
  void takesOutKernelsBiasesAndTheWeightsThatReadThem() {
    assertThat(PRUNED.widths()).isEqualTo(ChannelsFixture.PRUNED_WIDTHS);
    assertThat(PRUNED.weights().keySet())
        .containsExactlyElementsOf(ChannelsFixture.WIDTHS.parameterShapes().keySet());
    PRUNED
        .weights()
        .forEach(
            (name, values) ->
                assertThat(values)
                    .as(name)
                    .containsExactly(ChannelsFixture.floats("pruned." + name)));
  }

  @Test
  void predictsWhatPyTorchsPrunedNetworkDoes() {
    LabeledImages images = ChannelsFixture.images();
    Network network = ChannelsFixture.network(PRUNED.widths(), PRUNED.weights());
    try (Session session = network.start(Compute.onCpu(2))) {
      Batch batch = Batch.of(images, IntStream.range(0, 12).toArray(), 0, 12);
      float[] logits = session.run(batch, Set.of(), (node, values) -> {});
      assertThat(logits)
          .containsExactly(ChannelsFixture.floats("pruned.logits"), Offset.offset(1e-5f))
          .containsExactly(ChannelsFixture.floats("logits"), Offset.offset(1e-5f));
    }
  }

  @Test
  void keepingAllChangesNothing() {
    Pruning all =
        Pruning.of(
            ChannelsFixture.WIDTHS,
            ChannelsFixture.weights("weights."),
            List.of(List.of(0, 1), List.of(0, 1, 2, 3), List.of(0, 1, 2, 3, 4, 5, 6, 7)));
    assertThat(all.widths()).isEqualTo(ChannelsFixture.WIDTHS);
    assertThat(all.weights())
        .usingRecursiveComparison()
        .isEqualTo(ChannelsFixture.weights("weights."));
  }

  @Test
  void prunesAClassifierOfAnyTopology() {
    Map<String, float[]> weights = TwoConvolutions.weights();
    Network whole = TwoConvolutions.network(TwoConvolutions.WIDTHS, weights);
    List<List<Integer>> alive = List.of(List.of(0, 1), List.of(0, 1));
    Pruning pruned = Pruning.of(TwoConvolutions.WIDTHS, weights, alive);
    assertThat(pruned.widths())
        .isEqualTo(new ClassifierWidths(TwoConvolutions.TOPOLOGY, 1, List.of(2, 2), 10));
    Network smaller = TwoConvolutions.network(pruned.widths(), pruned.weights());
    // The third channel of the last convolution is dead in the first two images.
    Batch batch = Batch.of(TwoConvolutions.images(), new int[] {0, 1}, 0, 2);
    try (Session session = whole.start(Compute.onCpu(2));
        Session after = smaller.start(Compute.onCpu(2))) {
      assertThat(after.run(batch, Set.of(), (node, values) -> {}))
          .containsExactly(
              session.run(batch, Set.of(), (node, values) -> {}), Offset.offset(1e-6f));
    }
  }
}
