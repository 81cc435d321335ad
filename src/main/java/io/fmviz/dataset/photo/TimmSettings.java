package io.fmviz.dataset.photo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;

/** timm's {@code pretrained_cfg} (timm/data/config.py, transforms_factory.py). */
final class TimmSettings {
  private TimmSettings() {}

  static void read(JsonObject json, Source source) {
    source
        .say(Setting.INPUT_SIZE, size(json))
        .say(Setting.RANGE, 1.0)
        .say(Setting.MEAN, SettingsFile.values(json, "mean", Setting.MEAN, 1))
        .say(Setting.STD, SettingsFile.values(json, "std", Setting.STD, 1));
    Double share = JsonFile.number(json, "crop_pct");
    source.say(Setting.MARGIN, share == null ? null : SettingsFile.margin(share));
    if (share != null && SettingsFile.margin(share) == null) {
      source.note("crop_pct %s is not followed".formatted(Preprocessing.number(share)));
    }
    String mode = JsonFile.string(json, "crop_mode");
    switch (mode == null ? "center" : mode) {
      case "center" -> source.say(Setting.FIT, share == null && mode == null ? null : Fit.CROP);
      case "squash" -> source.say(Setting.FIT, Fit.STRETCH);
      default -> source.sayUnknown(Setting.FIT, "crop_mode \"" + mode + "\"");
    }
    String scaling = JsonFile.string(json, "interpolation");
    if (scaling != null) {
      interpolation(scaling, source);
    }
  }

  private static void interpolation(String name, Source source) {
    try {
      source.say(
          Setting.INTERPOLATION,
          // timm's own choice where training drew one at random
          name.equals("random")
              ? Interpolation.BILINEAR
              : Interpolation.valueOf(name.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      source.sayUnknown(Setting.INTERPOLATION, "\"" + name + "\"");
    }
  }

  /** Channels, height, width. */
  private static Size size(JsonObject json) {
    if (!(json.get("input_size") instanceof JsonArray array) || array.size() != 3) {
      return null;
    }
    Integer height = JsonFile.side(array.get(1));
    Integer width = JsonFile.side(array.get(2));
    return height == null || width == null ? null : new Size(height, width);
  }
}
