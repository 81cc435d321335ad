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
  /**
   * Each map weighed by the mean of the gradient by it (Selvaraju et al., "Grad-CAM", ICCV 2017).
   */
  GRADCAM,
  /**
   * Each map weighed by those of its gradients that are above zero, as its second and third
   * derivatives say (Chattopadhay et al., "Grad-CAM++", WACV 2018).
   */
  GRADCAM_PLUS_PLUS,
  /**
   * Each value times its gradient where that is above zero (Jiang et al., "LayerCAM", IEEE TIP
   * 2021).
   */
  LAYERCAM,
  /** Each value times its gradient (Draelos and Carin, "HiResCAM", 2020). */
  HIRESCAM,
  /** The maps' mean. */
  MEAN,
  /** The maps' largest value. */
  MAX,
  /** The first principal component over positions. */
  EIGEN;

  /** Whether it asks for one class after the other. */
  public boolean isOfClass() {
    return this == CAM || this == ABLATION || takesGradients();
  }

  /** Whether it needs gradients, and so may be of any value that a network makes. */
  public boolean takesGradients() {
    return this == GRADCAM || this == GRADCAM_PLUS_PLUS || this == LAYERCAM || this == HIRESCAM;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace("_plus", "+");
  }
}
