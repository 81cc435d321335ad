package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.fmviz.ChannelsFixture;
import io.fmviz.model.Classifier;
import io.fmviz.training.Batches;
import io.fmviz.training.ImageOrder;
import java.util.List;
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
    try (NDManager manager = NDManager.newBaseManager();
        Classifier classifier =
            new Classifier(manager, PRUNED.widths(), (name, shape) -> PRUNED.weights().get(name))) {
      float[] logits =
          classifier
              .logits(
                  new Batches(ChannelsFixture.images())
                      .images(manager, ImageOrder.ascending(12), 0, 12))
              .toFloatArray();
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
  void keepsWhatIsActiveInAShareOfTheImages() {
    ChannelStatistics statistics = new ChannelStatistics(3, 1);
    statistics.add(new int[] {2, 3, 1, 1}, new float[] {-1, 2, 1, 0, 2, -1}, n -> 0);
    assertThat(Pruning.kept(statistics, 0)).containsExactly(1, 2);
    assertThat(Pruning.kept(statistics, 0.5)).containsExactly(1, 2);
    assertThat(Pruning.kept(statistics, 0.51)).containsExactly(1);
  }

  /** The first is active in one image of three, with the largest value, the others in two. */
  @Test
  void keepsTheMostActiveChannelOfALayerThatIsAllAlmostDead() {
    ChannelStatistics statistics = new ChannelStatistics(3, 1);
    float[] values = {9, 1, 2, 0, 1, 2, 0, 0, 0};
    statistics.add(new int[] {3, 3, 1, 1}, values, n -> 0);
    assertThat(statistics.almostDead(1)).containsExactly(0, 1, 2);
    assertThat(Pruning.kept(statistics, 1)).containsExactly(2);
  }

  @Test
  void keepsOneOfALayerThatIsAllDead() {
    ChannelStatistics statistics = new ChannelStatistics(3, 1);
    statistics.add(new int[] {1, 3, 1, 2}, new float[] {-3, -4, -2, -1, -9, -1}, n -> 0);
    assertThat(statistics.dead()).containsExactly(0, 1, 2);
    assertThat(Pruning.kept(statistics, 0)).containsExactly(1);
  }
}
