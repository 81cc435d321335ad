package io.fmviz.dataset.photo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a model says about its pictures itself. */
final class ModelSettings {
  private ModelSettings() {}

  static Source of(Map<String, String> metadata) {
    Source source = new Source("the model's metadata");
    fmviz(metadata, source);
    ultralytics(metadata, source);
    onnx(metadata, source);
    return source;
  }

  /** What fmviz writes into the models that it exports. */
  private static void fmviz(Map<String, String> metadata, Source source) {
    String fit = metadata.get("fmviz.fit");
    if (fit == null) {
      return;
    }
    try {
      source.say(Setting.FIT, Fit.valueOf(fit.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      source.sayUnknown(Setting.FIT, "fmviz.fit \"" + fit + "\"");
    }
  }

  /** Pictures from 0 to 1, in a letterbox but for classifiers (ultralytics' exporter.py). */
  private static void ultralytics(Map<String, String> metadata, Source source) {
    String size = metadata.get("imgsz");
    if (size == null || !(metadata.containsKey("stride") || metadata.containsKey("names"))) {
      return;
    }
    boolean classifies = "classify".equals(metadata.get("task"));
    source
        .say(Setting.FIT, classifies ? Fit.CROP : Fit.LETTERBOX)
        .say(Setting.MARGIN, classifies ? Margin.NONE : null)
        .say(Setting.INPUT_SIZE, size(size))
        .say(Setting.INTERPOLATION, Interpolation.BILINEAR)
        .say(Setting.CHANNEL_ORDER, ChannelOrder.RGB)
        .say(Setting.RANGE, 1.0)
        .say(Setting.MEAN, ChannelValues.NONE)
        .say(Setting.STD, ChannelValues.NONE);
  }

  /** Of {@code [640, 480]} or {@code 640}; null if it is neither. */
  private static Size size(String text) {
    if (!text.matches("\\s*\\[?\\s*[1-9][0-9]{0,4}\\s*(,\\s*[1-9][0-9]{0,4}\\s*)?]?\\s*")) {
      return null;
    }
    List<Integer> sides =
        List.of(text.replaceAll("[^0-9,]", "").split(",")).stream().map(Integer::valueOf).toList();
    return new Size(sides.get(0), sides.get(sides.size() - 1));
  }

  /** ONNX's own (docs/MetadataProps.md). */
  private static void onnx(Map<String, String> metadata, Source source) {
    switch (Objects.toString(metadata.get("Image.BitmapPixelFormat"), "").strip()) {
      case "" -> {}
      case "Rgb8" -> source.say(Setting.CHANNEL_ORDER, ChannelOrder.RGB);
      case "Bgr8" -> source.say(Setting.CHANNEL_ORDER, ChannelOrder.BGR);
      case "Gray8" -> source.say(Setting.CHANNEL_ORDER, ChannelOrder.GRAY);
      default ->
          source.sayUnknown(
              Setting.CHANNEL_ORDER,
              "Image.BitmapPixelFormat \"%s\"".formatted(metadata.get("Image.BitmapPixelFormat")));
    }
    switch (Objects.toString(metadata.get("Image.NominalPixelRange"), "").strip()) {
      case "" -> {}
      case "NominalRange_0_255" -> range(source, 255, ChannelValues.NONE);
      case "Normalized_0_1" -> range(source, 1, ChannelValues.NONE);
      case "Normalized_1_1" -> range(source, 1, ChannelValues.named(ChannelValues.Name.HALF));
      default ->
          source.sayUnknown(
              Setting.RANGE,
              "Image.NominalPixelRange \"%s\"".formatted(metadata.get("Image.NominalPixelRange")));
    }
  }

  private static void range(Source source, double range, ChannelValues values) {
    source.say(Setting.RANGE, range).say(Setting.MEAN, values).say(Setting.STD, values);
  }
}
