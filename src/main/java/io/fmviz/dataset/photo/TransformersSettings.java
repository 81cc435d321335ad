package io.fmviz.dataset.photo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fmviz.base.InvalidValueException;

/** transformers' {@code preprocessor_config.json} (image_processing_utils.py and its kin). */
final class TransformersSettings {
  /** ConvNeXT's processor doesn't cut larger pictures than this, but stretches. */
  private static final int CONVNEXT_CUTS_BELOW = 384;

  private TransformersSettings() {}

  static void read(JsonObject json, Source source) {
    if (!Boolean.FALSE.equals(JsonFile.flag(json, "do_resize"))) {
      geometry(json, source);
      Double resample = JsonFile.number(json, "resample");
      if (resample != null) {
        interpolation(resample, source);
      }
    }
    numbers(json, source);
  }

  private static void interpolation(double resample, Source source) {
    if (resample == 0) {
      source.say(Setting.INTERPOLATION, Interpolation.NEAREST);
    } else if (resample == 2) {
      source.say(Setting.INTERPOLATION, Interpolation.BILINEAR);
    } else if (resample == 3) {
      source.say(Setting.INTERPOLATION, Interpolation.BICUBIC);
    } else {
      source.sayUnknown(Setting.INTERPOLATION, "resample " + Preprocessing.number(resample));
    }
  }

  private static void geometry(JsonObject json, Source source) {
    boolean isCut = Boolean.TRUE.equals(JsonFile.flag(json, "do_center_crop"));
    Size cut = isCut ? size(json.get("crop_size")) : null;
    JsonObject sides = JsonFile.object(json, "size");
    Integer shorter = sides == null ? null : JsonFile.side(sides, "shortest_edge");
    Integer one = JsonFile.side(json.get("size"));
    Double share = JsonFile.number(json, "crop_pct");
    if (share != null && (one != null || shorter != null)) {
      convNext(shorter != null ? shorter : one, share, source);
    } else if (shorter != null || (one != null && isCut)) {
      cut(cut, shorter != null ? shorter : one, source);
    } else {
      Size to = size(json.get("size"));
      boolean smaller = cut != null && to != null && !cut.equals(to);
      source.say(Setting.FIT, to == null ? null : Fit.STRETCH);
      source.say(Setting.INPUT_SIZE, cut == null ? to : cut);
      source.say(Setting.MARGIN, smaller ? new Margin(1, to.shorter()) : null);
    }
  }

  private static void cut(Size cut, int shorter, Source source) {
    Size size = cut == null ? new Size(shorter, shorter) : cut;
    source.say(Setting.FIT, Fit.CROP).say(Setting.INPUT_SIZE, size);
    source.say(Setting.MARGIN, new Margin(Math.min(1, (double) size.shorter() / shorter), shorter));
  }

  private static void convNext(int side, double share, Source source) {
    boolean isCut = side < CONVNEXT_CUTS_BELOW;
    source
        .say(Setting.INPUT_SIZE, new Size(side, side))
        .say(Setting.FIT, isCut ? Fit.CROP : Fit.STRETCH)
        .say(
            Setting.MARGIN,
            isCut && SettingsFile.margin(share) != null
                ? new Margin(share, (int) (side / share))
                : null);
  }

  private static Size size(JsonElement json) {
    if (json instanceof JsonObject object) {
      Integer height = JsonFile.side(object, "height");
      Integer width = JsonFile.side(object, "width");
      return height == null || width == null ? null : new Size(height, width);
    }
    Integer side = JsonFile.side(json);
    return side == null ? null : new Size(side, side);
  }

  private static void numbers(JsonObject json, Source source) {
    Boolean scales = JsonFile.flag(json, "do_rescale");
    Double factor = JsonFile.number(json, "rescale_factor");
    boolean isSaid = scales != null || factor != null || json.has("image_mean");
    if (!isSaid) {
      return;
    }
    double range = Boolean.FALSE.equals(scales) ? 255 : factor == null ? 1 : range(factor);
    source.say(Setting.RANGE, range);
    if (Boolean.FALSE.equals(JsonFile.flag(json, "do_normalize"))) {
      source.say(Setting.MEAN, ChannelValues.NONE).say(Setting.STD, ChannelValues.NONE);
    } else {
      source
          .say(Setting.MEAN, SettingsFile.values(json, "image_mean", Setting.MEAN, range))
          .say(Setting.STD, SettingsFile.values(json, "image_std", Setting.STD, range));
    }
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
