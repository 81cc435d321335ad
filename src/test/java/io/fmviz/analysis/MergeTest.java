package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.Parts;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/**
 * What is gathered from parts of some images and merged, in any order, is what one pass over all
 * gathers: to the last bit, but for sums of floating numbers.
 */
class MergeTest {
  private static final int IMAGES = 60;
  private static final int CHANNELS = 5;
  private static final int CLASSES = 4;
  private static final int PIXELS = 6;
  private static final Percentage LAST_DIGITS = Percentage.withPercentage(1e-10);

  private final float[] maps = new float[IMAGES * CHANNELS * PIXELS];
  private final int[] labels = new int[IMAGES];
  private final float[] before = new float[IMAGES * CLASSES];
  private final float[] after = new float[IMAGES * CLASSES];

  private Random draw(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < maps.length; i++) {
      // Few values, so that many are equal; one channel in which nothing is above zero.
      boolean dead = i / PIXELS % CHANNELS == 3;
      maps[i] = dead ? -random.nextInt(3) : (random.nextInt(12) - 3) / 7f;
    }
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = random.nextInt(CLASSES - 1);
    }
    for (int i = 0; i < before.length; i++) {
      before[i] = (float) random.nextGaussian();
      after[i] = before[i] + random.nextFloat();
    }
    return random;
  }

  private float[] of(int image) {
    int size = CHANNELS * PIXELS;
    return Arrays.copyOfRange(maps, image * size, (image + 1) * size);
  }

  @RepeatedTest(20)
  void statisticsOfChannels(RepetitionInfo repetition) {
    Random random = draw(repetition);
    Function<int[], ChannelStatistics> gather =
        part -> {
          ChannelStatistics statistics = new ChannelStatistics(CHANNELS, CLASSES);
          for (int image : part) {
            statistics.add(new int[] {1, CHANNELS, 2, 3}, of(image), n -> labels[image]);
          }
          return statistics;
        };
    ChannelStatistics whole = gather.apply(Parts.all(IMAGES));
    ChannelStatistics merged = Parts.merged(IMAGES, random, gather, ChannelStatistics::merge);
    assertThat(merged.images()).isEqualTo(IMAGES);
    assertThat(merged.maximum()).isEqualTo(whole.maximum());
    assertThat(merged.minimum()).isEqualTo(whole.minimum());
    assertThat(merged.imageShare()).isEqualTo(whole.imageShare());
    assertThat(merged.pixelShare()).isEqualTo(whole.pixelShare());
    assertThat(merged.classImageShare()).isEqualTo(whole.classImageShare());
    assertThat(merged.classPixelShare()).isEqualTo(whole.classPixelShare());
    assertThat(merged.dead()).isEqualTo(whole.dead()).containsExactly(3);
    assertThat(merged.alwaysOn()).isEqualTo(whole.alwaysOn());
    assertThat(merged.almostDead(0.9)).isEqualTo(whole.almostDead(0.9));
    assertThat(merged.kept(0.9)).isEqualTo(whole.kept(0.9));
    for (int c = 0; c < CHANNELS; c++) {
      assertThat(merged.mean()[c]).isCloseTo(whole.mean()[c], LAST_DIGITS);
    }
  }

  @RepeatedTest(20)
  void topResponses(RepetitionInfo repetition) {
    Random random = draw(repetition);
    int count = 1 + repetition.getCurrentRepetition() % 7;
    Function<int[], TopResponses> gather =
        part -> {
          TopResponses top = new TopResponses(CHANNELS, count);
          for (int image : part) {
            top.add(new int[] {image}, new int[] {1, CHANNELS, 2, 3}, of(image));
          }
          return top;
        };
    TopResponses whole = gather.apply(Parts.all(IMAGES));
    assertThat(Parts.merged(IMAGES, random, gather, TopResponses::merge).responses())
        .isEqualTo(whole.responses());
    assertThat(whole.responses().stream().map(List::size))
        .containsExactly(count, count, count, 0, count);
  }

  @RepeatedTest(20)
  void evaluations(RepetitionInfo repetition) {
    Random random = draw(repetition);
    LabeledImages images =
        new LabeledImages(new byte[IMAGES], labels, List.of("a", "b", "c", "d"), 1, 1);
    Function<int[], Evaluation> gather =
        part -> {
          Evaluation evaluation = new Evaluation(CLASSES);
          for (int at = 0; at < part.length; at++) {
            int from = part[at] * CLASSES;
            evaluation.logits(
                Batch.of(images, part, at, 1), Arrays.copyOfRange(before, from, from + CLASSES));
          }
          return evaluation;
        };
    Evaluation whole = gather.apply(Parts.all(IMAGES));
    Evaluation merged = Parts.merged(IMAGES, random, gather, Evaluation::merge);
    assertThat(merged.confusion()).isEqualTo(whole.confusion());
    assertThat(merged.correct()).isEqualTo(whole.correct()).isPositive();
    assertThat(merged.total()).isEqualTo(IMAGES);
    assertThat(merged.accuracy()).isEqualTo(whole.accuracy());
    assertThat(merged.meanLoss()).isCloseTo(whole.meanLoss(), LAST_DIGITS);
  }

  @RepeatedTest(20)
  void comparisonsOfLogits(RepetitionInfo repetition) {
    Random random = draw(repetition);
    Function<int[], LogitComparison> gather =
        part -> {
          LogitComparison comparison = new LogitComparison(CLASSES);
          for (int image : part) {
            comparison.add(before, after, image, labels[image]);
          }
          return comparison;
        };
    LogitComparison whole = gather.apply(Parts.all(IMAGES));
    LogitComparison merged = Parts.merged(IMAGES, random, gather, LogitComparison::merge);
    assertThat(merged.images()).isEqualTo(IMAGES);
    assertThat(merged.largestDifference()).isEqualTo(whole.largestDifference()).isPositive();
    assertThat(merged.predictionsChanged()).isEqualTo(whole.predictionsChanged()).isPositive();
    assertThat(merged.correct()).isEqualTo(whole.correct());
    assertThat(merged.accuracy()).isEqualTo(whole.accuracy());
    assertThat(merged.meanPredictedLogitChange())
        .isCloseTo(whole.meanPredictedLogitChange(), LAST_DIGITS);
  }

  @Test
  void keepsWhatIsNoNumber() {
    ChannelStatistics statistics = new ChannelStatistics(1, 1);
    statistics.add(new int[] {1, 1, 1, 1}, new float[] {2}, n -> 0);
    ChannelStatistics broken = new ChannelStatistics(1, 1);
    broken.add(new int[] {1, 1, 1, 1}, new float[] {Float.NaN}, n -> 0);
    statistics.merge(broken);
    assertThat(statistics.maximum()).containsExactly(Double.NaN);
    assertThat(statistics.dead()).isEmpty();

    LogitComparison comparison = new LogitComparison(1);
    comparison.add(new float[] {1}, new float[] {2}, 0, 0);
    LogitComparison unknown = new LogitComparison(1);
    unknown.add(new float[] {1}, new float[] {Float.NaN}, 0, 0);
    comparison.merge(unknown);
    assertThat(comparison.largestDifference()).isNaN();
    assertThat(comparison.predictionsChanged()).isEqualTo(1);
    assertThat(comparison.notNumbers()).isEqualTo(1);
    assertThat(comparison.correct()).isEqualTo(new BeforeAfter<>(2, 1));

    // What is nothing before and after is not the same, nor right where there is no label.
    LogitComparison twice = new LogitComparison(1);
    twice.add(new float[] {Float.NaN}, new float[] {Float.NaN}, 0, Images.NO_LABEL);
    assertThat(twice.predictionsChanged()).isEqualTo(1);
    assertThat(twice.correct()).isEqualTo(new BeforeAfter<>(0, 0));
  }

  @RepeatedTest(20)
  void countsOfWhatIsNoNumber(RepetitionInfo repetition) {
    Random random = draw(repetition);
    float[] none = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < 12; i++) {
      maps[random.nextInt(maps.length)] = none[i % 3];
      before[random.nextInt(before.length)] = none[i % 3];
      after[random.nextInt(after.length)] = none[i % 3];
    }
    Counts whole = count(Parts.all(IMAGES));
    Counts merged = Parts.merged(IMAGES, random, this::count, Counts::merge);
    assertThat(merged.statistics.notNumbers()).isEqualTo(whole.statistics.notNumbers());
    assertThat(merged.statistics.imageShare()).isEqualTo(whole.statistics.imageShare());
    assertThat(merged.statistics.dead()).isEqualTo(whole.statistics.dead());
    assertThat(merged.top.notNumbers())
        .isEqualTo(whole.top.notNumbers())
        .isEqualTo(whole.statistics.notNumbers());
    assertThat(merged.top.responses()).isEqualTo(whole.top.responses());
    assertThat(merged.comparison.notNumbers())
        .isEqualTo(whole.comparison.notNumbers())
        .isBetween(2, 24);
    assertThat(merged.comparison.predictionsChanged())
        .isEqualTo(whole.comparison.predictionsChanged())
        .isGreaterThanOrEqualTo(whole.comparison.notNumbers());
    assertThat(merged.comparison.correct()).isEqualTo(whole.comparison.correct());
    assertThat(merged.comparison.meanPredictedLogitChange()).isNaN();
    assertThat(merged.evaluation.notNumbers())
        .isEqualTo(whole.evaluation.notNumbers())
        .isBetween(1L, 12L);
    assertThat(merged.evaluation.total()).isEqualTo(whole.evaluation.total()).isEqualTo(IMAGES);
    assertThat(merged.evaluation.confusion()).isEqualTo(whole.evaluation.confusion());
    assertThat(merged.evaluation.meanLoss()).isNaN();
  }

  private record Counts(
      ChannelStatistics statistics,
      TopResponses top,
      LogitComparison comparison,
      Evaluation evaluation) {
    void merge(Counts other) {
      statistics.merge(other.statistics);
      top.merge(other.top);
      comparison.merge(other.comparison);
      evaluation.merge(other.evaluation);
    }
  }

  private Counts count(int[] part) {
    LabeledImages images =
        new LabeledImages(new byte[IMAGES], labels, List.of("a", "b", "c", "d"), 1, 1);
    Counts counts =
        new Counts(
            new ChannelStatistics(CHANNELS, CLASSES),
            new TopResponses(CHANNELS, 3),
            new LogitComparison(CLASSES),
            new Evaluation(CLASSES));
    for (int at = 0; at < part.length; at++) {
      int image = part[at];
      int[] shape = {1, CHANNELS, 2, 3};
      counts.statistics.add(shape, of(image), n -> labels[image]);
      counts.top.add(new int[] {image}, shape, of(image));
      counts.comparison.add(before, after, image, labels[image]);
      int from = image * CLASSES;
      counts.evaluation.logits(
          Batch.of(images, part, at, 1), Arrays.copyOfRange(before, from, from + CLASSES));
    }
    return counts;
  }

  @Test
  void leavesWhatItAddsAsItIs() {
    TopResponses first = new TopResponses(1, 2);
    first.add(new int[] {7}, new int[] {1, 1, 1, 2}, new float[] {1, 3});
    TopResponses second = new TopResponses(1, 2);
    second.add(new int[] {4}, new int[] {1, 1, 1, 2}, new float[] {3, 2});
    first.merge(second);
    assertThat(first.responses().get(0))
        .containsExactly(
            new TopResponses.Response(4, 3, 0, 0), new TopResponses.Response(7, 3, 0, 1));
    assertThat(second.responses().get(0)).containsExactly(new TopResponses.Response(4, 3, 0, 0));
  }
}
