package io.fmviz.pipeline.ablate;

import io.fmviz.analysis.LayerName;
import io.fmviz.analysis.LogitComparison;
import io.fmviz.analysis.NonFinite;
import io.fmviz.analysis.Prediction;
import io.fmviz.network.Batch;
import io.fmviz.network.Logits;
import io.fmviz.network.Node;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.Job;
import io.fmviz.probe.ChannelAblation;
import io.fmviz.probe.NodePlaces;
import io.fmviz.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Finds what the maps of some layers are worth: each in turn is set to zero, and the rest of the
 * network runs on what is left.
 *
 * @param nodes of the network, with maps as output
 */
record AblationEffects(Job job, List<Node> nodes) {
  /**
   * For one image.
   *
   * @param index counted from 0
   * @param maps gets each layer's maps
   * @param ticker is told of maps
   */
  AblateResult.Image ofImage(int index, BiConsumer<Node, FeatureMaps> maps, Probe.Ticker ticker) {
    Batch alone = Batch.of(job.images(), new int[] {index}, 0, 1);
    Answers answers = job.opened().answers();
    try (ChannelAblation ablation = ChannelAblation.of(job.session(), alone, nodes)) {
      float[] logits = ablation.logits();
      Prediction prediction = answers.of(logits, 0);
      double logit = logit(logits, prediction);
      List<AblateResult.ImageLayer> found = new ArrayList<>();
      long all = nodes.stream().mapToLong(Node::channels).sum();
      long before = 0;
      for (Node node : nodes) {
        long begun = before;
        found.add(ofImage(ablation, node, prediction, done -> ticker.done(begun + done, all)));
        before += node.channels();
        long[] shape = {1, node.channels(), node.height(), node.width()};
        maps.accept(node, new FeatureMaps(node.name(), shape, ablation.output(node)));
      }
      return new AblateResult.Image(
          AnsweredImage.of(job.data(), index, prediction)
              .of(job.data().isDataset() ? null : job.images().count()),
          logit,
          found);
    }
  }

  /** The logit of the class that is predicted; NaN if none is. */
  private static double logit(float[] logits, Prediction prediction) {
    return prediction.isKnown() ? logits[prediction.predicted()] : Double.NaN;
  }

  private AblateResult.ImageLayer ofImage(
      ChannelAblation ablation, Node node, Prediction prediction, LongConsumer done) {
    double logit = logit(ablation.logits(node), prediction);
    double[] change = new double[node.channels()];
    long[] notNumbers = new long[node.channels()];
    List<Integer> predictedWithout = new ArrayList<>();
    Answers answers = job.opened().answers();
    ablation.each(
        node,
        (channel, logits) -> {
          Prediction without = answers.of(logits, 0);
          change[channel] = without.isKnown() ? logit(logits, prediction) - logit : Double.NaN;
          notNumbers[channel] = Logits.notNumbers(logits, 0, logits.length);
          predictedWithout.add(without.predicted());
        },
        done);
    return new AblateResult.ImageLayer(
        LayerName.of(node),
        node.channels(),
        change,
        predictedWithout,
        NonFinite.orNull(notNumbers));
  }

  /**
   * For the first so many images.
   *
   * @param ticker is told of maps, each image's counted
   */
  AblateResult.Samples ofSamples(int count, Probe.Ticker ticker) {
    List<AblateResult.SamplesLayer> layers = new ArrayList<>();
    boolean labeled = IntStream.range(0, count).allMatch(job.images()::isLabeled);
    List<List<Node>> passes = passes();
    AblationAggregation.Effects found = null;
    long all = count * nodes.stream().mapToLong(Node::channels).sum();
    long before = 0;
    for (List<Node> held : passes) {
      long begun = before;
      long maps = count * held.stream().mapToLong(Node::channels).sum();
      found =
          job.gather(
              new AblationAggregation(NodePlaces.of(job.network(), held)),
              count,
              // Of maps here, of images elsewhere.
              (done, total) -> ticker.done(begun + (long) (maps * ((double) done / total)), all));
      before += maps;
      for (int i = 0; i < held.size(); i++) {
        layers.add(worth(held.get(i), found.nodes().parts().get(i).parts(), labeled));
      }
    }
    LogitComparison any = found.nodes().parts().get(0).parts().get(0);
    return new AblateResult.Samples(
        any.images(),
        any.images(),
        labeled ? any.correct().before() : null,
        labeled ? any.accuracy().before() : null,
        NonFinite.orNull(found.notNumbers()),
        layers);
  }

  /**
   * All nodes at once where they are held within a job. Else each takes a graph of what comes
   * behind it: the images go through once for each node.
   */
  private List<List<Node>> passes() {
    return job.network().costs().rebuilds()
        ? nodes.stream().map(List::of).toList()
        : List.of(nodes);
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
        NonFinite.orNull(channels.stream().mapToLong(LogitComparison::notNumbers).toArray()));
  }
}
