package io.fmviz.dataset.photo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    JsonElement json = JsonFile.parse(file, JsonFile.text(file));
    if (json instanceof JsonArray) {
      throw noObject(file, json);
    }
    Source source = said(file, json);
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
        Source source = said(file, JsonFile.parse(file, JsonFile.text(file)));
        if (!source.isSilent()) {
          sources.add(source);
        }
      }
    }
    return sources;
  }

  private static UserException noObject(Path file, JsonElement json) {
    return new UserException(
        "%s holds %s, not an object: give a preprocessor_config.json of transformers or a config.json of timm"
            .formatted(file, JsonFile.kind(json)));
  }

  private static Source said(Path file, JsonElement json) {
    Source source = new Source(String.valueOf(file.getFileName()));
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
      } else if (object.has("input_size") && object.has("mean")) {
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
