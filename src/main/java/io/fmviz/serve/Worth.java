package io.fmviz.serve;

import io.fmviz.analysis.Prediction;
import io.fmviz.network.Rest;
import java.util.List;
import java.util.Set;

/** What a map is worth for a picture: what the network answers without it. */
record Worth(Passes passes, Layers layers, List<String> names) {
  /**
   * What changes without a map.
   *
   * @param change of the logit of the class that is predicted with it; null if none is
   */
  record Facts(int layer, int map, Prediction with, Prediction without, Double change) {}

  Facts of(SentPictures.Sent picture, Layers.Off off, Layers.One one) {
    int layer = layers.number(one.node());
    Layers.Off others = off.with(layer, one.channel(), false);
    float[] with = passes.of(picture, others, Set.of(one.node())).logits();
    float[] without = without(picture, others, one);
    Prediction before = Prediction.of(with, 0, with.length, names);
    return new Facts(
        layer,
        one.channel(),
        before,
        Prediction.of(without, 0, without.length, names),
        before.isKnown() ? (double) without[before.predicted()] - with[before.predicted()] : null);
  }

  private float[] without(SentPictures.Sent picture, Layers.Off others, Layers.One one) {
    if (others.equals(Layers.Off.NONE) && passes.session().network().costs().rebuilds()) {
      // What comes behind a layer is made ready once for all its maps.
      try (Rest rest = passes.session().hold(Passes.batch(picture), Set.of(one.node()))) {
        return rest.without(one.node(), one.channel());
      }
    }
    Layers.Off off = others.with(layers.number(one.node()), one.channel(), true);
    return passes.of(picture, off, Set.of(one.node())).logits();
  }
}
