package io.fmviz.analysis.cam;

import java.util.Locale;

/** How the maps of a layer become one. */
public enum CamMethod {
  /**
   * What each position adds to a logit; exact where logits are a mean over positions and one linear
   * layer (Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016).
   */
  CAM,
  /**
   * Each map weighed by what a logit loses without it (Desai and Ramaswamy, "Ablation-CAM", WACV
   * 2020), with {@code y - y_k} as weight, not {@code (y - y_k) / y}: dividing turns the signs
   * where a logit is negative.
   */
  ABLATION,
  /** The maps' mean. */
  MEAN,
  /** The maps' largest value. */
  MAX,
  /** The first principal component over positions. */
  EIGEN;

  /** Whether it asks for one class after the other. */
  public boolean isOfClass() {
    return this == CAM || this == ABLATION;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
