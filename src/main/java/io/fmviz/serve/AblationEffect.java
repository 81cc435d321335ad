package io.fmviz.serve;

import io.fmviz.analysis.Prediction;
import io.fmviz.network.Scores;
import io.fmviz.probe.ChannelAblation;
import java.util.List;
import java.util.Set;

/** What a map is worth for a picture: what the network answers without it. */
record AblationEffect(
    ForwardPasses passes, ServedLayers layers, Scores scores, List<String> names) {
  /**
   * What changes without a map.
   *
   * @param change of the logit of the class that is predicted with it; null if none is
   */
  record Change(int layer, int map, Prediction with, Prediction without, Double change) {}

  Change of(SentPictures.Sent picture, ServedLayers.Off off, ServedLayers.One one) {
    int layer = layers.number(one.node());
    ServedLayers.Off others = off.with(layer, one.channel(), false);
    float[] with = passes.of(picture, others, Set.of(one.node())).logits();
    float[] without =
        ChannelAblation.without(
            passes.session(),
            ForwardPasses.batch(picture),
            layers.nodes(others),
            one.node(),
            one.channel());
    Prediction before = Prediction.of(scores, with, 0, with.length, names);
    return new Change(
        layer,
        one.channel(),
        before,
        Prediction.of(scores, without, 0, without.length, names),
        before.isKnown() ? (double) without[before.predicted()] - with[before.predicted()] : null);
  }
}
