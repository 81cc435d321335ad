package io.fmviz.dataset.photo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.fmviz.base.UserException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a network's classes are called, from 0 on. */
public final class ClassNames {
  private ClassNames() {}

  /**
   * Reads a file of names: one a line, or JSON, as a list or as transformers' {@code id2label}, by
   * itself or in a {@code config.json}.
   *
   * @throws UserException if it can't be read or holds no names
   */
  public static List<String> read(Path file) {
    String text = JsonFile.text(file);
    List<String> names;
    if (isJson(file, text)) {
      JsonElement json = JsonFile.parse(file, text);
      names =
          of(json)
              .orElseThrow(
                  () ->
                      bad(
                          file,
                          json instanceof JsonArray || json instanceof JsonObject
                              ? "its JSON is neither a list of names nor id2label"
                              : "its JSON is " + JsonFile.kind(json)));
    } else {
      names = text.stripTrailing().lines().map(String::strip).toList();
    }
    if (names.stream().allMatch(String::isEmpty)) {
      throw bad(file, "it is empty");
    }
    int empty = names.indexOf("");
    if (empty >= 0) {
      throw bad(file, "class %d has none".formatted(empty));
    }
    return names.stream().map(UserException::plain).toList();
  }

  private static boolean isJson(Path file, String text) {
    return text.stripLeading().startsWith("{")
        || text.stripLeading().startsWith("[")
        || String.valueOf(file.getFileName()).endsWith(".json");
  }

  /**
   * The names that come with a model: in its metadata as ultralytics writes them, or in a {@code
   * config.json} of transformers or timm beside it or one folder up.
   *
   * @param model null for none
   * @return empty if there are none
   */
  public static List<String> find(Path model, Map<String, String> metadata) {
    List<String> own = PythonNames.parse(metadata.getOrDefault("names", ""));
    List<String> names =
        own.isEmpty() && model != null
            ? BesideModel.find(model, "config.json").map(ClassNames::inConfig).orElse(own)
            : own;
    return names.stream().map(UserException::plain).toList();
  }

  /** A file that is something else has none; how pictures are read says that it is passed over. */
  private static List<String> inConfig(BesideModel config) {
    try {
      JsonElement json = JsonFile.parse(config.file(), JsonFile.text(config.file()));
      return of(json).orElse(List.of());
    } catch (UserException e) {
      return List.of();
    }
  }

  private static Optional<List<String>> of(JsonElement json) {
    if (json instanceof JsonArray array) {
      return list(array);
    }
    if (!(json instanceof JsonObject object)) {
      return Optional.empty();
    }
    if (object.get("id2label") instanceof JsonObject map) {
      return map(map);
    }
    JsonObject timm = JsonFile.object(object, "pretrained_cfg");
    for (JsonObject place : timm == null ? List.of(object) : List.of(object, timm)) {
      if (place.get("label_names") instanceof JsonArray names) {
        return list(names);
      }
    }
    return map(object);
  }

  private static Optional<List<String>> list(JsonArray array) {
    for (JsonElement name : array) {
      if (!isName(name)) {
        return Optional.empty();
      }
    }
    return Optional.of(array.asList().stream().map(JsonElement::getAsString).toList());
  }

  /** From each number from 0 on to its name. */
  private static Optional<List<String>> map(JsonObject map) {
    String[] names = new String[map.size()];
    for (Map.Entry<String, JsonElement> entry : map.entrySet()) {
      if (!entry.getKey().matches("[0-9]{1,7}") || !isName(entry.getValue())) {
        return Optional.empty();
      }
      int index = Integer.parseInt(entry.getKey());
      if (index >= names.length || names[index] != null) {
        return Optional.empty();
      }
      names[index] = entry.getValue().getAsString();
    }
    return Optional.of(Arrays.asList(names));
  }

  private static boolean isName(JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isString();
  }

  private static UserException bad(Path file, String reason) {
    return new UserException(
        "%s holds no class names: %s; give one per line, or JSON such as transformers' id2label"
            .formatted(file, reason));
  }
}
