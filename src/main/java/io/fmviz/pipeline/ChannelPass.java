package io.fmviz.pipeline;

import ai.djl.ndarray.NDManager;
import io.fmviz.analysis.ChannelStatistics;
import io.fmviz.dataset.Dataset;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.forward.Layer;
import io.fmviz.model.Classifier;
import io.fmviz.training.ImageOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statistics of chosen layers' channels over all of some images, in one pass. */
final class ChannelPass {
  private ChannelPass() {}

  /**
   * Runs the images through the network.
   *
   * @return the statistics by the layers' names, in forward order
   */
  static Map<String, ChannelStatistics> run(
      Classifier classifier,
      NDManager manager,
      LabeledImages images,
      List<Layer> layers,
      Progress progress) {
    Map<String, ChannelStatistics> statistics = new LinkedHashMap<>();
    int[] all = ImageOrder.ascending(images.count());
    new ActivationPass(classifier, manager, images, layers)
        .run(
            all,
            new ActivationPass.Consumer() {
              @Override
              public void layer(Layer layer, int first, int[] shape, float[] values) {
                statistics
                    .computeIfAbsent(
                        layer.name(), name -> new ChannelStatistics(shape[1], Dataset.CLASSES))
                    .add(shape, values, n -> images.label(first + n));
              }
            },
            "images",
            progress);
    return statistics;
  }
}
