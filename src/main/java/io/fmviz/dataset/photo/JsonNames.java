package io.fmviz.dataset.photo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names of classes in JSON, in the forms that people have them in. */
final class JsonNames {
  /** Members that hold names of classes, the most certain first. */
  private static final List<String> MEMBERS =
      List.of(
          "id2label",
          "label2id",
          "class_to_idx",
          "idx_to_class",
          "names",
          "class_names",
          "classes",
          "label_names",
          "labels",
          "categories");

  private JsonNames() {}

  /**
   * Those of a file that is there for them.
   *
   * <ul>
   *   <li>a list: of names, of lists of synonyms, or of objects with a {@code name} and perhaps an
   *       {@code id}
   *   <li>an object from numbers to such, or from names to numbers
   *   <li>an object with one of these as {@code names}, {@code id2label} and their like
   * </ul>
   */
  static Optional<List<String>> of(JsonElement json) {
    Optional<List<String>> whole = form(json);
    if (whole.isPresent() || !(json instanceof JsonObject object)) {
      return whole;
    }
    Optional<List<String>> settings = ofSettings(object);
    return settings.isPresent()
        ? settings
        : MEMBERS.stream()
            .map(object::get)
            .map(member -> member == null ? Optional.<List<String>>empty() : form(member))
            .flatMap(Optional::stream)
            .findFirst();
  }

  /** Those in a {@code config.json} of transformers' or timm's. */
  static Optional<List<String>> ofSettings(JsonElement json) {
    if (json instanceof JsonArray array) {
      return list(array);
    }
    if (!(json instanceof JsonObject object)) {
      return Optional.empty();
    }
    if (object.get("id2label") instanceof JsonObject map) {
      return numbered(map);
    }
    JsonObject timm = JsonFile.object(object, "pretrained_cfg");
    for (JsonObject place : timm == null ? List.of(object) : List.of(object, timm)) {
      if (place.get("label_names") instanceof JsonArray names) {
        return list(names);
      }
    }
    return numbered(object);
  }

  private static Optional<List<String>> form(JsonElement value) {
    if (value instanceof JsonArray array) {
      Optional<List<String>> names = list(array);
      return names.isPresent() ? names : objects(array);
    }
    if (value instanceof JsonObject object) {
      Optional<List<String>> names = numbered(object);
      return names.isPresent() ? names : numbers(object);
    }
    return Optional.empty();
  }

  private static Optional<List<String>> list(JsonArray array) {
    List<String> names = new ArrayList<>();
    for (JsonElement element : array) {
      String name = name(element);
      if (name == null) {
        return Optional.empty();
      }
      names.add(name);
    }
    return Optional.of(names);
  }

  /** Of objects, each with a name; their numbers count from 0 or from 1 on, if they have any. */
  private static Optional<List<String>> objects(JsonArray array) {
    NumberedNames numbered = new NumberedNames();
    List<String> inOrder = new ArrayList<>();
    for (JsonElement element : array) {
      String name = element instanceof JsonObject object ? JsonFile.string(object, "name") : null;
      if (name == null) {
        return Optional.empty();
      }
      inOrder.add(name);
      Integer id = number(((JsonObject) element).get("id"));
      if (id != null) {
        numbered.put(id, name);
      }
    }
    if (numbered.count() == 0) {
      return Optional.of(inOrder);
    }
    List<String> fromNone = numbered.names();
    List<String> names = fromNone.isEmpty() ? numbered.names(1) : fromNone;
    return names.size() == array.size() ? Optional.of(names) : Optional.empty();
  }

  /** From each number from 0 on to its name. */
  private static Optional<List<String>> numbered(JsonObject map) {
    NumberedNames names = new NumberedNames();
    for (Map.Entry<String, JsonElement> entry : map.entrySet()) {
      String name = name(entry.getValue());
      if (!entry.getKey().matches("[0-9]{1,7}") || name == null) {
        return Optional.empty();
      }
      names.put(Integer.parseInt(entry.getKey()), name);
    }
    return all(names, map.size());
  }

  /** From each name to its number. */
  private static Optional<List<String>> numbers(JsonObject map) {
    NumberedNames names = new NumberedNames();
    for (Map.Entry<String, JsonElement> entry : map.entrySet()) {
      Integer number = number(entry.getValue());
      if (number == null) {
        return Optional.empty();
      }
      names.put(number, entry.getKey());
    }
    return all(names, map.size());
  }

  private static Optional<List<String>> all(NumberedNames numbered, int count) {
    List<String> names = numbered.names();
    return names.size() == count ? Optional.of(names) : Optional.empty();
  }

  private static Integer number(JsonElement element) {
    return element instanceof JsonPrimitive primitive
            && primitive.isNumber()
            && primitive.getAsString().matches("[0-9]{1,7}")
        ? (Integer) primitive.getAsInt()
        : null;
  }

  /** A name, or of a list of synonyms all: ImageNet's number of a synset stands before its name. */
  private static String name(JsonElement element) {
    if (element instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    if (!(element instanceof JsonArray array) || array.isEmpty()) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    for (JsonElement part : array) {
      if (!(part instanceof JsonPrimitive primitive) || !primitive.isString()) {
        return null;
      }
      parts.add(primitive.getAsString());
    }
    boolean hasSynset = parts.size() > 1 && parts.get(0).matches("n[0-9]{8}");
    return hasSynset
        ? parts.get(0) + " " + String.join(", ", parts.subList(1, parts.size()))
        : String.join(", ", parts);
  }
}
