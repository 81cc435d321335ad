package io.fmviz.pipeline.ablate;

import io.fmviz.analysis.LogitComparison;
import io.fmviz.analysis.NotNumbers;
import io.fmviz.analysis.Prediction;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Logits;
import io.fmviz.network.Node;
import io.fmviz.network.Rest;
import io.fmviz.network.Session;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.probe.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds what the maps of some layers are worth: each in turn is set to zero, and the rest of the
 * network runs on what is left.
 *
 * @param nodes of the network, with maps as output
 */
record MapWorth(Session session, Images images, List<Node> nodes) {
  /**
   * For one image.
   *
   * @param index counted from 0
   * @param maps gets each layer's maps
   */
  AblateResult.Image ofImage(int index, BiConsumer<Node, FeatureMaps> maps) {
    Batch alone = Batch.of(images, new int[] {index}, 0, 1);
    try (Rest rest = session.hold(alone, Set.copyOf(nodes))) {
      float[] logits = rest.logits();
      Prediction prediction = Prediction.of(logits, 0, logits.length);
      double logit = logit(logits, prediction);
      List<AblateResult.ImageLayer> found = new ArrayList<>();
      for (Node node : nodes) {
        found.add(ofImage(rest, node, prediction, logit));
        long[] shape = {1, node.channels(), node.height(), node.width()};
        maps.accept(node, new FeatureMaps(node.name(), shape, rest.output(node)));
      }
      return new AblateResult.Image(index + 1, images.label(index), prediction, logit, found);
    }
  }

  /** The logit of the class that is predicted; NaN if none is. */
  private static double logit(float[] logits, Prediction prediction) {
    return prediction.isKnown() ? logits[prediction.predicted()] : Double.NaN;
  }

  private static AblateResult.ImageLayer ofImage(
      Rest rest, Node node, Prediction prediction, double logit) {
    double[] change = new double[node.channels()];
    long[] notNumbers = new long[node.channels()];
    List<Integer> predictedWithout = new ArrayList<>();
    for (int channel = 0; channel < change.length; channel++) {
      float[] logits = rest.without(node, channel);
      Prediction without = Prediction.of(logits, 0, logits.length);
      change[channel] = without.isKnown() ? logit(logits, prediction) - logit : Double.NaN;
      notNumbers[channel] = Logits.notNumbers(logits, 0, logits.length);
      predictedWithout.add(without.predicted());
    }
    return new AblateResult.ImageLayer(
        node.name(), node.channels(), change, predictedWithout, NotNumbers.orNull(notNumbers));
  }

  /** For the first so many images. */
  AblateResult.Samples ofSamples(int count, Probe.Ticker ticker) {
    int classes = session.network().classes();
    Map<Node, List<LogitComparison>> comparisons = new LinkedHashMap<>();
    for (Node node : nodes) {
      comparisons.put(
          node,
          Stream.generate(() -> new LogitComparison(classes)).limit(node.channels()).toList());
    }
    long[] notNumbers = {0};
    new Probe(session, images, nodes)
        .hold(
            IntStream.range(0, count).toArray(),
            (batch, rest) -> {
              float[] logits = rest.logits();
              notNumbers[0] += notNumbers(logits, batch.count(), classes);
              comparisons.forEach(
                  (node, channels) -> {
                    for (int channel = 0; channel < channels.size(); channel++) {
                      add(channels.get(channel), logits, rest.without(node, channel), batch);
                    }
                  });
            },
            ticker);
    LogitComparison any = comparisons.get(nodes.get(0)).get(0);
    return new AblateResult.Samples(
        count,
        any.correct().before(),
        any.accuracy().before(),
        NotNumbers.orNull(notNumbers[0]),
        nodes.stream().map(node -> worth(node, comparisons.get(node))).toList());
  }

  /** The images with logits that are NaN or infinite. */
  private static long notNumbers(float[] logits, int images, int classes) {
    return IntStream.range(0, images)
        .filter(n -> Logits.predicted(logits, n * classes, classes) == Logits.NONE)
        .count();
  }

  private void add(LogitComparison comparison, float[] before, float[] after, Batch batch) {
    for (int n = 0; n < batch.count(); n++) {
      comparison.add(before, after, n, images.label(batch.indices()[n]));
    }
  }

  private static AblateResult.SamplesLayer worth(Node node, List<LogitComparison> channels) {
    return new AblateResult.SamplesLayer(
        node.name(),
        channels.size(),
        channels.stream().mapToDouble(c -> c.accuracy().after()).toArray(),
        channels.stream()
            .mapToDouble(c -> (c.correct().after() - c.correct().before()) / (double) c.images())
            .toArray(),
        channels.stream().mapToInt(LogitComparison::predictionsChanged).toArray(),
        channels.stream().mapToDouble(LogitComparison::meanPredictedLogitChange).toArray(),
        NotNumbers.orNull(channels.stream().mapToLong(LogitComparison::notNumbers).toArray()));
  }
}
