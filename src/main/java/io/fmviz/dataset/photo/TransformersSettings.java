package io.fmviz.dataset.photo;

import com.google.gson.JsonObject;
import io.fmviz.base.InvalidValueException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * transformers' {@code preprocessor_config.json} (image_processing_utils.py and the image
 * processors of each model). What of it is not followed is said.
 */
final class TransformersSettings {
  /** What such a file has, whatever the processor. */
  private static final Set<String> SIGNS =
      Set.of(
          "image_processor_type",
          "feature_extractor_type",
          "do_resize",
          "do_rescale",
          "do_normalize",
          "do_center_crop",
          "rescale_factor",
          "image_mean",
          "image_std");

  /** What changes no pixel, or holds for whatever fmviz reads. */
  private static final String[] NO_PIXELS = {
    "image_processor_type",
    "feature_extractor_type",
    "processor_class",
    "auto_map",
    "do_convert_rgb",
    "do_convert_annotations",
    "do_reduce_labels",
    "reduce_labels",
    "format",
    "ignore_index",
    "num_labels",
    "num_text",
    "class_info_file",
    "repo_path",
    "metadata",
    "return_tensors",
    "data_format",
    "input_data_format",
    "device",
    "disable_grouping",
    "default_to_square",
    "model_input_names",
    "_valid_processor_keys"
  };

  private final FollowedKeys keys;
  private final ImageProcessor processor;
  private final Source source;

  private TransformersSettings(FollowedKeys keys, ImageProcessor processor, Source source) {
    this.keys = keys;
    this.processor = processor;
    this.source = source;
  }

  /** Whether an object is such a file's. */
  static boolean isIn(JsonObject json) {
    return SIGNS.stream().anyMatch(json::has);
  }

  static void read(JsonObject json, Source source) {
    FollowedKeys keys = new FollowedKeys(json);
    String type =
        Stream.of("image_processor_type", "feature_extractor_type")
            .map(key -> JsonFile.string(json, key))
            .filter(name -> name != null)
            .findFirst()
            .orElse(null);
    TransformersSettings settings = new TransformersSettings(keys, ImageProcessor.of(type), source);
    keys.follow(NO_PIXELS);
    if (keys.isFalse("do_resize")) {
      keys.follow("size", "resample", "crop_pct");
      source.note("do_resize false is not followed: pictures get the size that the network takes");
    } else {
      new TransformersGeometry(keys, settings.processor, source).read();
      settings.interpolation();
    }
    settings.order();
    settings.numbers();
    if (type != null && settings.processor == ImageProcessor.OTHER) {
      source.note("%s is not known here: its keys are read as most processors do".formatted(type));
    }
    List<String> left = keys.left();
    if (!left.isEmpty() && !source.isSilent()) {
      source.note("%s not followed".formatted(isOrAre(left)));
    }
  }

  private static String isOrAre(List<String> left) {
    return String.join(", ", left) + (left.size() == 1 ? " is" : " are");
  }

  private void interpolation() {
    Double resample = keys.number("resample");
    if (resample == null) {
      return;
    }
    Optional<Interpolation> interpolation = Interpolation.of(resample);
    if (interpolation.isPresent()) {
      source.say(Setting.INTERPOLATION, interpolation.get());
    } else {
      source.sayUnknown(Setting.INTERPOLATION, "resample " + Preprocessing.number(resample));
    }
  }

  private boolean isFlipped() {
    Boolean flips = keys.flag("do_flip_channel_order");
    return flips == null ? processor == ImageProcessor.MOBILEVIT : flips;
  }

  private void order() {
    if (keys.isTrue("do_grayscale")) {
      source.say(Setting.CHANNEL_ORDER, ChannelOrder.GRAY);
    } else if (isFlipped()) {
      source.say(Setting.CHANNEL_ORDER, ChannelOrder.BGR);
    } else if (keys.isFalse("do_flip_channel_order")) {
      source.say(Setting.CHANNEL_ORDER, ChannelOrder.RGB);
    }
  }

  /** {@code (byte * rescale_factor - offset - mean) / std}, and once more by std for a top. */
  private void numbers() {
    Boolean scales = keys.flag("do_rescale");
    Double factor = keys.number("rescale_factor");
    boolean isSaid =
        scales != null || factor != null || keys.has("image_mean") || !processor.normalizes();
    if (!isSaid) {
      return;
    }
    double range = Boolean.FALSE.equals(scales) ? 255 : factor == null ? 1 : range(factor);
    source.say(Setting.RANGE, range);
    boolean isCentred = keys.isTrue("rescale_offset") && !Boolean.FALSE.equals(scales);
    boolean normalizes =
        keys.has("do_normalize")
            ? !keys.isFalse("do_normalize")
            : keys.has("image_mean") || processor.normalizes();
    List<Double> mean = keys.numbers("image_mean");
    List<Double> std = keys.numbers("image_std");
    Boolean top = keys.flag("include_top");
    boolean hasTop = (top == null ? processor == ImageProcessor.EFFICIENTNET : top) && std != null;
    if (normalizes) {
      say(Setting.MEAN, mean == null ? null : plus(mean, isCentred ? 1 : 0), range);
      say(Setting.STD, std == null ? null : hasTop ? squared(std) : std, range);
    } else {
      say(Setting.MEAN, List.of(isCentred ? 1.0 : 0.0), range);
      say(Setting.STD, hasTop ? std : List.of(1.0), range);
    }
    if (normalizes && mean == null) {
      keys.leave("rescale_offset");
    }
    if (std == null) {
      keys.leave("include_top");
    }
  }

  /** Pictures are turned around after they were normalized: the values are those of the colours. */
  private void say(Setting setting, List<Double> values, double range) {
    if (values != null) {
      ChannelValues.check(setting.word(), values);
      ChannelValues named =
          new ChannelValues(null, values, range).recognized(setting == Setting.MEAN);
      source.say(setting, named.name() == null && isFlipped() ? named.turned() : named);
    }
  }

  private static List<Double> plus(List<Double> values, double more) {
    return values.stream().map(value -> value + more).toList();
  }

  private static List<Double> squared(List<Double> values) {
    return values.stream().map(value -> value * value).toList();
  }

  /** 1 for a factor of 1/255, however it is rounded. */
  private static double range(double factor) {
    double range = factor * 255;
    if (!(range > 1e-6 && range < 1e6)) {
      throw new InvalidValueException("rescale_factor", "is " + factor);
    }
    return Math.abs(range - Math.rint(range)) < 1e-4 ? Math.rint(range) : range;
  }
}
