package io.fmviz.dataset.photo;

import java.util.Locale;
import java.util.Set;

/** What transformers' image processors do with the same keys, and where these are left out. */
enum ImageProcessor {
  /** One number is both sides. */
  STRETCHING(
      Set.of("vit", "vithybrid", "deit", "beit", "segformer", "pvt", "rtdetr", "siglip", "blip")),
  /** The same, and divides by the deviation once more for a classifier. */
  EFFICIENTNET(Set.of("efficientnet")),
  /** One number is the shorter side, and the middle is cut out. */
  CROPPING(Set.of("mobilenetv1", "mobilenetv2", "bit", "clip", "chineseclip", "textnet")),
  /** Crops where pictures are small, stretches where they are large. */
  CONVNEXT(Set.of("convnext")),
  /** Scales by {@code crop_pct}, then crops. */
  POOLFORMER(Set.of("poolformer")),
  /** Scales the shorter side to 256/224 of what the file says. */
  LEVIT(Set.of("levit")),
  /** Crops, turns red and blue around, subtracts nothing. */
  MOBILEVIT(Set.of("mobilevit")),
  /** Depth and key points: subtracts nothing. */
  PLAIN(Set.of("glpn", "swin2sr", "superpoint")),
  /** Keeps the whole picture, and pads. */
  DETECTING(
      Set.of(
          "detr",
          "conditionaldetr",
          "deformabledetr",
          "deta",
          "yolos",
          "groundingdino",
          "maskformer",
          "mask2former",
          "oneformer",
          "dpt",
          "zoedepth",
          "vitmatte")),
  /** One that is not known here. */
  OTHER(Set.of());

  @SuppressWarnings("ImmutableEnumChecker") // Set.of
  private final Set<String> names;

  ImageProcessor(Set<String> names) {
    this.names = names;
  }

  /**
   * Finds one.
   *
   * @param type as {@code ConvNextImageProcessorFast}; null for none
   */
  static ImageProcessor of(String type) {
    String name =
        type == null
            ? ""
            : type.replaceFirst("(ImageProcessor(Fast|Pil)?|FeatureExtractor)$", "")
                .toLowerCase(Locale.ROOT);
    for (ImageProcessor one : values()) {
      if (one.names.contains(name)) {
        return one;
      }
    }
    return OTHER;
  }

  /** Whether it cuts the middle out where no key says so. */
  boolean crops() {
    return this == CROPPING || this == POOLFORMER || this == LEVIT || this == MOBILEVIT;
  }

  /** Whether it subtracts a mean. */
  boolean normalizes() {
    return this != MOBILEVIT && this != PLAIN;
  }
}
