package io.fmviz.pipeline.ablate;

import io.fmviz.analysis.LayerName;
import io.fmviz.analysis.LogitComparison;
import io.fmviz.analysis.NotNumbers;
import io.fmviz.analysis.Prediction;
import io.fmviz.network.Batch;
import io.fmviz.network.Logits;
import io.fmviz.network.Node;
import io.fmviz.network.Rest;
import io.fmviz.network.Session;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.OpenedImages;
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
record MapWorth(Session session, OpenedImages opened, List<Node> nodes) {
  /**
   * For one image.
   *
   * @param index counted from 0
   * @param maps gets each layer's maps
   */
  AblateResult.Image ofImage(int index, BiConsumer<Node, FeatureMaps> maps) {
    Batch alone = Batch.of(opened.images(), new int[] {index}, 0, 1);
    Answers answers = Answers.of(session.network(), opened);
    try (Rest rest = session.hold(alone, Set.copyOf(nodes))) {
      float[] logits = rest.logits();
      Prediction prediction = answers.of(logits, 0);
      double logit = logit(logits, prediction);
      List<AblateResult.ImageLayer> found = new ArrayList<>();
      for (Node node : nodes) {
        found.add(ofImage(rest, node, prediction, logit));
        long[] shape = {1, node.channels(), node.height(), node.width()};
        maps.accept(node, new FeatureMaps(node.name(), shape, rest.output(node)));
      }
      return new AblateResult.Image(index + 1, opened.label(index), prediction, logit, found);
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
      Prediction without = Prediction.of(logits, 0, logits.length, List.of());
      change[channel] = without.isKnown() ? logit(logits, prediction) - logit : Double.NaN;
      notNumbers[channel] = Logits.notNumbers(logits, 0, logits.length);
      predictedWithout.add(without.predicted());
    }
    return new AblateResult.ImageLayer(
        LayerName.of(node),
        node.channels(),
        change,
        predictedWithout,
        NotNumbers.orNull(notNumbers));
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
    int[] order = IntStream.range(0, count).toArray();
    long notNumbers = 0;
    List<List<Node>> passes = passes();
    for (int pass = 0; pass < passes.size(); pass++) {
      int before = pass * count;
      notNumbers =
          pass(
              order,
              passes.get(pass),
              comparisons,
              (done, total) -> ticker.done(before + done, passes.size() * total));
    }
    LogitComparison any = comparisons.get(nodes.get(0)).get(0);
    boolean labeled = IntStream.of(order).allMatch(opened.images()::isLabeled);
    return new AblateResult.Samples(
        any.images(),
        labeled ? any.correct().before() : null,
        labeled ? any.accuracy().before() : null,
        NotNumbers.orNull(notNumbers),
        nodes.stream().map(node -> worth(node, comparisons.get(node), labeled)).toList());
  }

  /**
   * All nodes at once for the classifier. Other networks are cut in two behind a node, and made
   * ready anew for each: the images go through once for each node.
   */
  private List<List<Node>> passes() {
    return session.network().isCheckpoint()
        ? List.of(nodes)
        : nodes.stream().map(List::of).toList();
  }

  /** One pass; how many images have logits that are NaN or infinite. */
  private long pass(
      int[] order,
      List<Node> held,
      Map<Node, List<LogitComparison>> comparisons,
      Probe.Ticker ticker) {
    int classes = session.network().classes();
    long[] notNumbers = {0};
    new Probe(session, opened.images(), held)
        .hold(
            order,
            (batch, rest) -> {
              float[] logits = rest.logits();
              notNumbers[0] += notNumbers(logits, batch.count(), classes);
              for (Node node : held) {
                List<LogitComparison> channels = comparisons.get(node);
                for (int channel = 0; channel < channels.size(); channel++) {
                  add(channels.get(channel), logits, rest.without(node, channel), batch);
                }
              }
            },
            ticker);
    return notNumbers[0];
  }

  /** The images with logits that are NaN or infinite. */
  private static long notNumbers(float[] logits, int images, int classes) {
    return IntStream.range(0, images)
        .filter(n -> Logits.predicted(logits, n * classes, classes) == Logits.NONE)
        .count();
  }

  private void add(LogitComparison comparison, float[] before, float[] after, Batch batch) {
    for (int n = 0; n < batch.count(); n++) {
      comparison.add(before, after, n, opened.images().label(batch.indices()[n]));
    }
  }

  private static AblateResult.SamplesLayer worth(
      Node node, List<LogitComparison> channels, boolean labeled) {
    return new AblateResult.SamplesLayer(
        LayerName.of(node),
        channels.size(),
        labeled ? channels.stream().mapToDouble(c -> c.accuracy().after()).toArray() : null,
        labeled
            ? channels.stream()
                .mapToDouble(
                    c -> (c.correct().after() - c.correct().before()) / (double) c.images())
                .toArray()
            : null,
        channels.stream().mapToInt(LogitComparison::predictionsChanged).toArray(),
        channels.stream().mapToDouble(LogitComparison::meanPredictedLogitChange).toArray(),
        NotNumbers.orNull(channels.stream().mapToLong(LogitComparison::notNumbers).toArray()));
  }
}
