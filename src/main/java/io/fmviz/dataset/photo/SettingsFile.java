package io.fmviz.dataset.photo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What transformers or timm wrote down about how pictures are read. */
final class SettingsFile {
  private static final String TRANSFORMERS = "preprocessor_config.json";
  private static final String TIMM = "config.json";

  private SettingsFile() {}

  /**
   * Reads one that a person named.
   *
   * @throws UserException if it can't be read or says nothing of pictures
   */
  static Source read(Path file) {
    Source source = said(file);
    if (source.isSilent()) {
      throw new UserException(
          "%s says nothing about how pictures are read: give a preprocessor_config.json of"
                  .formatted(file)
              + " transformers or a config.json of timm");
    }
    return source;
  }

  /** Reads those that lie beside a model, if there are any. */
  static List<Source> beside(Path model) {
    List<Source> sources = new ArrayList<>();
    for (String name : List.of(TRANSFORMERS, TIMM)) {
      Path file = model.resolveSibling(name);
      if (Files.isRegularFile(file)) {
        Source source = said(file);
        if (!source.isSilent()) {
          sources.add(source);
        }
      }
    }
    return sources;
  }

  private static Source said(Path file) {
    JsonElement json = JsonFile.parse(file, JsonFile.text(file));
    Source source = new Source(String.valueOf(file.getFileName()));
    if (!(json instanceof JsonObject object)) {
      return source;
    }
    try {
      JsonObject timm = JsonFile.object(object, "pretrained_cfg");
      if (timm != null) {
        Timm.read(timm, source);
      } else if (object.has("input_size") && object.has("mean")) {
        Timm.read(object, source);
      } else {
        Transformers.read(object, source);
      }
      return source;
    } catch (InvalidValueException e) {
      throw new UserException(
          "%s can't be followed: its %s".formatted(file, e.getMessage().replaceAll("[{}]", "")), e);
    }
  }

  /** Numbers for the channels; null for none. */
  private static ChannelValues values(JsonObject json, String name, Setting setting, double range) {
    List<Double> numbers = JsonFile.numbers(json, name);
    if (numbers == null) {
      return null;
    }
    ChannelValues.check(setting.word(), numbers);
    return new ChannelValues(null, numbers, range).recognized(setting == Setting.MEAN);
  }

  private static Margin margin(double share) {
    return share >= 0.01 && share <= 1 ? Margin.of(share) : null;
  }

  /** timm's {@code pretrained_cfg} (timm/data/config.py, transforms_factory.py). */
  private static final class Timm {
    static void read(JsonObject json, Source source) {
      source
          .say(Setting.INPUT_SIZE, size(json))
          .say(Setting.RANGE, 1.0)
          .say(Setting.MEAN, values(json, "mean", Setting.MEAN, 1))
          .say(Setting.STD, values(json, "std", Setting.STD, 1));
      Double share = JsonFile.number(json, "crop_pct");
      source.say(Setting.MARGIN, share == null ? null : margin(share));
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

  /** transformers' {@code preprocessor_config.json} (image_processing_utils.py and its kin). */
  private static final class Transformers {
    /** ConvNeXT's processor doesn't cut larger pictures than this, but stretches. */
    private static final int CONVNEXT_CUTS_BELOW = 384;

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
      source.say(
          Setting.MARGIN, new Margin(Math.min(1, (double) size.shorter() / shorter), shorter));
    }

    private static void convNext(int side, double share, Source source) {
      boolean isCut = side < CONVNEXT_CUTS_BELOW;
      source
          .say(Setting.INPUT_SIZE, new Size(side, side))
          .say(Setting.FIT, isCut ? Fit.CROP : Fit.STRETCH)
          .say(
              Setting.MARGIN,
              isCut && margin(share) != null ? new Margin(share, (int) (side / share)) : null);
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
            .say(Setting.MEAN, values(json, "image_mean", Setting.MEAN, range))
            .say(Setting.STD, values(json, "image_std", Setting.STD, range));
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
}
