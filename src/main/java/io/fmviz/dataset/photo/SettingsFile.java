package io.fmviz.dataset.photo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What transformers or timm wrote down about how pictures are read. */
final class SettingsFile {
  private static final String TRANSFORMERS = "preprocessor_config.json";
  private static final String TIMM = "config.json";
  private static final Set<String> MODELS =
      Set.of("model_type", "architectures", "id2label", "label_names", "transformers_version");

  private SettingsFile() {}

  /**
   * Reads one that a person named.
   *
   * @throws UserException if it can't be read or says nothing of pictures
   */
  static Source read(Path file) {
    JsonElement json = JsonFile.parse(file, JsonFile.text(file));
    if (json instanceof JsonArray) {
      throw noObject(file, json);
    }
    Source source = said(file, String.valueOf(file.getFileName()), json);
    if (source.isSilent()) {
      throw new UserException(
          "%s says nothing about how pictures are read: give a preprocessor_config.json of"
                  .formatted(file)
              + " transformers or a config.json of timm");
    }
    return source;
  }

  /**
   * Reads those that come with a model, if there are any.
   *
   * @throws UserException if a preprocessor_config.json beside it can't be followed; other files
   *     are passed over, and say so
   */
  static List<Source> beside(Path model) {
    List<Source> sources = new ArrayList<>();
    for (String name : List.of(TRANSFORMERS, TIMM)) {
      BesideModel.find(model, name).ifPresent(found -> sources.add(said(found)));
    }
    return sources;
  }

  private static Source said(BesideModel found) {
    boolean isMeant = found.title().equals(TRANSFORMERS);
    Source silent = new Source(found.title());
    try {
      JsonElement json = JsonFile.parse(found.file(), JsonFile.text(found.file()));
      boolean isTransformers = found.title().endsWith(TRANSFORMERS) && json instanceof JsonObject;
      if (isMeant || isTransformers || isSettings(json)) {
        return said(found.file(), found.title(), json);
      }
      if (found.isBeside() && !isOfModel(json)) {
        silent.note("passed over: it is neither timm's nor transformers'");
      }
    } catch (UserException e) {
      if (isMeant) {
        throw e;
      }
      if (found.isBeside() || found.title().endsWith(TRANSFORMERS)) {
        silent.note("passed over: " + e.getMessage());
      }
    }
    return silent;
  }

  private static boolean isSettings(JsonElement json) {
    return json instanceof JsonObject object
        && (isTimms(object)
            || JsonFile.object(object, "pretrained_cfg") != null
            || TransformersSettings.isIn(object));
  }

  /** What a model's own configuration has, or a list of its classes. */
  private static boolean isOfModel(JsonElement json) {
    return json instanceof JsonArray
        || (json instanceof JsonObject object && MODELS.stream().anyMatch(object::has));
  }

  private static boolean isTimms(JsonObject object) {
    return object.has("input_size") && object.has("mean");
  }

  private static UserException noObject(Path file, JsonElement json) {
    return new UserException(
        "%s holds %s, not an object: give a preprocessor_config.json of transformers or a config.json of timm"
            .formatted(file, JsonFile.kind(json)));
  }

  private static Source said(Path file, String title, JsonElement json) {
    Source source = new Source(title);
    if (json instanceof JsonArray) {
      return source; // names of classes, perhaps
    }
    if (!(json instanceof JsonObject object)) {
      throw noObject(file, json);
    }
    try {
      JsonObject timm = JsonFile.object(object, "pretrained_cfg");
      if (timm != null) {
        TimmSettings.read(timm, source);
      } else if (isTimms(object)) {
        TimmSettings.read(object, source);
      } else {
        TransformersSettings.read(object, source);
      }
      return source;
    } catch (InvalidValueException e) {
      throw new UserException(
          "%s can't be followed: its %s".formatted(file, Settings.bare(e.getMessage())), e);
    }
  }

  /** Numbers for the channels; null for none. */
  static ChannelValues values(JsonObject json, String name, Setting setting, double range) {
    List<Double> numbers = JsonFile.numbers(json, name);
    if (numbers == null) {
      return null;
    }
    ChannelValues.check(setting.word(), numbers);
    return new ChannelValues(null, numbers, range).recognized(setting == Setting.MEAN);
  }

  static Margin margin(double share) {
    return share >= 0.01 && share <= 1 ? Margin.of(share) : null;
  }
}
