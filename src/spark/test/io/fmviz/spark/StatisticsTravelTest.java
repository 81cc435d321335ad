package io.fmviz.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.analysis.ChannelAggregation;
import io.fmviz.analysis.ChannelStatistics;
import io.fmviz.analysis.Evaluation;
import io.fmviz.analysis.EvaluationAggregation;
import io.fmviz.analysis.LogitComparison;
import io.fmviz.analysis.TopAggregation;
import io.fmviz.analysis.TopResponses;
import io.fmviz.dataset.Doubt;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.PassedOver;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.network.Batch;
import io.fmviz.network.DeadRule;
import io.fmviz.probe.NodePlaces;
import io.fmviz.probe.StatisticList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was gathered on one machine is the same on another, and can be merged there. */
class StatisticsTravelTest {
  private static final int[] SHAPE = {1, 2, 1, 2};

  @Test
  void channelStatistics() {
    ChannelStatistics here = new ChannelStatistics(2, 1, DeadRule.ZERO);
    here.add(SHAPE, new float[] {0, 0, 1, 0.5f}, n -> 0);
    ChannelStatistics there = Travel.sent(here);
    there.merge(here);
    assertThat(there.images()).isEqualTo(2);
    assertThat(there.dead()).containsExactly(0);
    assertThat(there.mean()).containsExactly(0, 0.75);
    assertThat(here.images()).isEqualTo(1);
  }

  @Test
  void topResponses() {
    TopResponses here = new TopResponses(2, 1);
    here.add(new int[] {5}, SHAPE, new float[] {0, 0, 1, 3});
    assertThat(Travel.sent(here).responses())
        .containsExactly(List.of(), List.of(new TopResponses.Response(5, 3, 0, 1)));
  }

  @Test
  void evaluationsAndComparisons() {
    Images images = new LabeledImages(new byte[1], new int[] {1}, List.of("a", "b"), 1, 1);
    Evaluation here = new Evaluation(2);
    here.logits(Batch.of(images, new int[] {0}, 0, 1), new float[] {0, 2});
    Evaluation there = Travel.sent(here);
    there.merge(here);
    assertThat(there.confusion()).isDeepEqualTo(new long[][] {{0, 0}, {0, 2}});
    assertThat(there.meanLoss()).isEqualTo(here.meanLoss());
    LogitComparison comparison = new LogitComparison(2);
    comparison.add(new float[] {0, 2}, new float[] {1, 0}, 0, 1);
    assertThat(Travel.sent(comparison).meanPredictedLogitChange()).isEqualTo(-2);
  }

  @Test
  void countsTravelWithTheStatistic() {
    PartitionResult<StatisticList<TopResponses>> here =
        new PartitionResult<>(
            new StatisticList<>(List.of(new TopResponses(1, 1))),
            3,
            List.of(new PassedOver(4, "x.jpg", "x.jpg is not a complete JPEG")),
            List.of(new Doubt(5, "comes out nearly black")));
    PartitionResult<StatisticList<TopResponses>> there = Travel.sent(here);
    there.merge(here);
    assertThat(there.read()).isEqualTo(6);
    assertThat(there.passedOver()).hasSize(2);
    assertThat(there.doubts()).hasSize(2).contains(new Doubt(5, "comes out nearly black"));
    assertThat(here.read()).isEqualTo(3);
  }

  @Test
  void passesAndHowPicturesAreRead() {
    NodePlaces places = new NodePlaces(List.of(3, 1));
    assertThat(Travel.sent(new ChannelAggregation(places, 4)))
        .isEqualTo(new ChannelAggregation(places, 4));
    assertThat(Travel.sent(new TopAggregation(places, 9))).isEqualTo(new TopAggregation(places, 9));
    EvaluationAggregation evaluation = new EvaluationAggregation(32, true, false);
    assertThat(Travel.sent(evaluation)).isEqualTo(evaluation);
    Preprocessing reading =
        Preprocessing.resolve(ReadingChoice.NONE, new long[] {1, 3, 64, 64}, null, Map.of());
    assertThat(Travel.sent(reading).text()).isEqualTo(reading.text());
  }
}
