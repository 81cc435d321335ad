package io.fmviz.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.fmviz.analysis.Ablation;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.model.Classifier;
import io.fmviz.training.Batches;
import io.fmviz.training.ImageOrder;
import io.fmviz.training.Logits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds what the maps of some layers are worth.
 *
 * @param layers of the classifier's block, with maps as output
 */
record MapWorth(
    Classifier classifier, NDManager manager, LabeledImages images, List<Layer> layers) {

  /** What the network answers to a batch, and what its layers return for it. */
  private record Answer(float[] logits, Map<Layer, NDArray> outputs) {}

  /** The outputs live as long as the batch's manager, and are only read. */
  private Answer answer(NDManager batch, Batches batches, int[] indices, int from, int to) {
    Map<Layer, NDArray> outputs = new LinkedHashMap<>();
    try (ForwardListeners listeners =
        ForwardListeners.attach(
            classifier.block(),
            layers::contains,
            (layer, in, output) -> outputs.put(layer, output.singletonOrThrow()))) {
      if (listeners.layers().size() != layers.size()) {
        throw new IllegalArgumentException("some of the layers are another network's");
      }
      NDArray inputs = batches.images(batch, indices, from, to);
      return new Answer(classifier.logits(inputs).toFloatArray(), outputs);
    }
  }

  /**
   * For one image.
   *
   * @param index counted from 0
   * @param maps gets each layer's maps
   */
  AblateResult.Image ofImage(int index, Consumer<FeatureMaps> maps) {
    try (NDManager batch = manager.newSubManager()) {
      Answer answer = answer(batch, new Batches(images), new int[] {index}, 0, 1);
      int predicted = Logits.predicted(answer.logits, 0, answer.logits.length);
      float logit = answer.logits[predicted];
      List<AblateResult.ImageLayer> found = new ArrayList<>();
      answer.outputs.forEach(
          (layer, output) -> {
            found.add(ofImage(layer, output, predicted, logit));
            maps.accept(FeatureMaps.of(layer.name(), new NDList(output)));
          });
      return new AblateResult.Image(index + 1, images.label(index), predicted, logit, found);
    }
  }

  private AblateResult.ImageLayer ofImage(
      Layer layer, NDArray output, int predicted, double logit) {
    int channels = Math.toIntExact(output.getShape().get(1));
    double[] change = new double[channels];
    int[] predictedWithout = new int[channels];
    Ablation.run(
        classifier,
        layer,
        output,
        (channel, logits) -> {
          change[channel] = logits[predicted] - logit;
          predictedWithout[channel] = Logits.predicted(logits, 0, logits.length);
        });
    return new AblateResult.ImageLayer(layer.name(), channels, change, predictedWithout);
  }

  /** For the first so many images. */
  AblateResult.Samples ofSamples(int count, Progress progress) {
    Batches batches = new Batches(images);
    int[] indices = ImageOrder.ascending(count);
    Map<Layer, List<LogitComparison>> comparisons = new LinkedHashMap<>();
    layers.forEach(layer -> comparisons.put(layer, new ArrayList<>()));
    for (int from = 0; from < count; from += ActivationPass.BATCH) {
      int to = Math.min(from + ActivationPass.BATCH, count);
      int first = from;
      try (NDManager batch = manager.newSubManager()) {
        Answer answer = answer(batch, batches, indices, from, to);
        comparisons.forEach(
            (layer, channels) -> {
              NDArray output = answer.outputs.get(layer);
              Ablation.run(
                  classifier,
                  layer,
                  output,
                  (channel, logits) ->
                      comparison(channels, channel)
                          .add(answer.logits, logits, images, indices, first));
            });
      }
      progress.step("images", to, count, "");
    }
    LogitComparison any = comparisons.get(layers.get(0)).get(0);
    return new AblateResult.Samples(
        count,
        any.correct().before(),
        any.accuracy().before(),
        layers.stream().map(layer -> worth(layer, comparisons.get(layer))).toList());
  }

  private LogitComparison comparison(List<LogitComparison> channels, int channel) {
    if (channel == channels.size()) {
      channels.add(new LogitComparison(classifier.widths().classes()));
    }
    return channels.get(channel);
  }

  private static AblateResult.SamplesLayer worth(Layer layer, List<LogitComparison> channels) {
    return new AblateResult.SamplesLayer(
        layer.name(),
        channels.size(),
        channels.stream().mapToDouble(c -> c.accuracy().after()).toArray(),
        channels.stream()
            .mapToDouble(c -> (c.correct().after() - c.correct().before()) / (double) c.images())
            .toArray(),
        channels.stream().mapToInt(LogitComparison::predictionsChanged).toArray(),
        channels.stream().mapToDouble(LogitComparison::meanPredictedLogitChange).toArray());
  }
}
