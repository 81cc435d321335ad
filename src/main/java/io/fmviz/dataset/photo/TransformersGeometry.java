package io.fmviz.dataset.photo;

import com.google.gson.JsonObject;
import java.util.stream.Stream;

/**
 * How transformers' image processors bring a picture to size. fmviz's pictures all have the size
 * that the network takes: what gives each picture a size of its own is not followed, and said.
 */
final class TransformersGeometry {
  /** ConvNeXT's processor doesn't cut larger pictures than this, but stretches. */
  private static final int CONVNEXT_CUTS_BELOW = 384;

  private static final double CONVNEXT_SHARE = 224.0 / 256;
  private static final double LEVIT_SCALE = 256.0 / 224;

  private final FollowedKeys keys;
  private final ImageProcessor processor;
  private final Source source;

  TransformersGeometry(FollowedKeys keys, ImageProcessor processor, Source source) {
    this.keys = keys;
    this.processor = processor;
    this.source = source;
  }

  void read() {
    Boolean cuts = keys.flag("do_center_crop");
    boolean isCut = cuts == null ? processor.crops() : cuts;
    Integer shorter = keys.onlySide("size", "shortest_edge");
    Integer one = keys.side("size");
    if (keepsShape()) {
      whole();
    } else if (processor == ImageProcessor.CONVNEXT) {
      convNext(shorter != null ? shorter : one);
    } else if (processor == ImageProcessor.OTHER && keys.has("crop_pct") && !isCut) {
      convNext(shorter != null ? shorter : one);
    } else if (shorter != null || (one != null && isCut && isShorter())) {
      cut(isCut, shorter != null ? shorter : one);
    } else {
      stretch(isCut);
    }
    padding();
    if (!isCut) {
      keys.follow("crop_size");
    }
  }

  private boolean isShorter() {
    return processor != ImageProcessor.STRETCHING && processor != ImageProcessor.EFFICIENTNET;
  }

  /** Whether each picture gets a size of its own shape. */
  private boolean keepsShape() {
    JsonObject size = keys.get("size") instanceof JsonObject object ? object : new JsonObject();
    return keys.isTrue("keep_aspect_ratio")
        || Stream.of("longest_edge", "max_height", "max_width", "max_size")
            .anyMatch(side -> JsonFile.side(size, side) != null)
        || JsonFile.side(keys.get("max_size")) != null;
  }

  /** Nothing is cut off, and nothing pulled out of shape. */
  private void whole() {
    Size padded = keys.size("pad_size");
    source
        .say(Setting.FIT, Fit.LETTERBOX)
        .say(Setting.INPUT_SIZE, padded == null ? keys.size("size") : padded);
    keys.leave("size");
    keys.leave("pad_size");
    keys.leave("keep_aspect_ratio");
    source.note("pictures keep their shape, with grey around them where the network's is another");
  }

  private void convNext(Integer side) {
    Double said = keys.number("crop_pct");
    double share = said == null ? CONVNEXT_SHARE : said;
    keys.follow("do_center_crop", "crop_size");
    if (side == null || !isShare(share)) {
      keys.leave("crop_pct");
      stretch(false);
      return;
    }
    boolean isCut = side < CONVNEXT_CUTS_BELOW;
    Size size = new Size(side, side);
    source
        .say(Setting.INPUT_SIZE, size)
        .say(Setting.FIT, isCut ? Fit.CROP : Fit.STRETCH)
        .say(Setting.MARGIN, isCut ? Margin.ofShorter(size, (int) (side / share)) : null);
  }

  private void cut(boolean isCut, int shorter) {
    Size cut = isCut ? keys.size("crop_size") : null;
    Size size = cut == null ? new Size(shorter, shorter) : cut;
    int side = processor == ImageProcessor.LEVIT ? (int) (LEVIT_SCALE * shorter) : shorter;
    Double share = processor == ImageProcessor.POOLFORMER ? keys.number("crop_pct") : null;
    if (share != null && isShare(share)) {
      side = (int) (side / share);
    }
    source
        .say(Setting.FIT, Fit.CROP)
        .say(Setting.INPUT_SIZE, size)
        .say(Setting.MARGIN, Margin.ofShorter(size, side));
    if (!isCut) {
      source.note(
          "shortest_edge %d without do_center_crop would keep each picture's shape: the middle is cut out"
              .formatted(shorter));
    }
  }

  private void stretch(boolean isCut) {
    Size cut = isCut ? keys.size("crop_size") : null;
    Size to = keys.size("size");
    Double share = processor == ImageProcessor.POOLFORMER ? keys.number("crop_pct") : null;
    if (to != null && share != null && isShare(share)) {
      Size scaled = new Size((int) (to.height() / share), (int) (to.width() / share));
      source
          .say(Setting.FIT, to.isSquare() ? Fit.CROP : Fit.STRETCH)
          .say(Setting.INPUT_SIZE, cut == null ? to : cut)
          .say(Setting.MARGIN, Margin.of(cut == null ? to : cut, scaled));
      return;
    }
    Integer multiple = keys.side("ensure_multiple_of");
    if (to != null && multiple != null) {
      to = new Size(constrained(to.height(), multiple), constrained(to.width(), multiple));
    }
    source.say(Setting.FIT, to == null ? null : Fit.STRETCH);
    source.say(Setting.INPUT_SIZE, cut == null ? to : cut);
    boolean isLarger = cut != null && to != null && !cut.equals(to);
    source.say(Setting.MARGIN, isLarger ? Margin.of(cut, to) : null);
    if (to == null && cut == null && keys.has("size_divisor")) {
      // Each picture's own size, cut down to a multiple.
      source.say(Setting.FIT, Fit.STRETCH);
    }
  }

  /** Pictures of one size need no padding, unless it is to a size or a multiple of some. */
  private void padding() {
    boolean isPlain =
        Stream.of("pad_size", "size_divisor", "size_divisibility").noneMatch(keys::has);
    if (isPlain && source.said(Setting.FIT) == Fit.STRETCH) {
      keys.flag("do_pad");
    } else if (keys.isFalse("do_pad")) {
      keys.follow("pad_size", "size_divisor", "size_divisibility");
    } else {
      keys.leave("do_pad");
    }
  }

  /** DPT's: Python rounds halves to even. */
  private static int constrained(int side, int multiple) {
    return Math.max(multiple, (int) Math.rint((double) side / multiple) * multiple);
  }

  private static boolean isShare(double share) {
    return share >= 0.01 && share <= 1;
  }
}
