package io.fmviz.dataset.photo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.fmviz.base.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a file of settings. Those that were read with a value of their type are followed;
 * what is left can be named to people.
 */
final class FollowedKeys {
  private static final int LONGEST = 80;

  private final JsonObject json;
  private final Set<String> followed = new HashSet<>();

  FollowedKeys(JsonObject json) {
    this.json = json;
  }

  /** Takes keys for followed, whatever their values are. */
  void follow(String... keys) {
    followed.addAll(List.of(keys));
  }

  /** Takes a key for one that is not followed after all. */
  void leave(String key) {
    followed.remove(key);
  }

  boolean has(String key) {
    return json.has(key) && !json.get(key).isJsonNull();
  }

  JsonElement get(String key) {
    return json.get(key);
  }

  /** Null for what is neither true nor false. */
  Boolean flag(String key) {
    return seen(key, JsonFile.flag(json, key));
  }

  boolean isTrue(String key) {
    return Boolean.TRUE.equals(flag(key));
  }

  boolean isFalse(String key) {
    return Boolean.FALSE.equals(flag(key));
  }

  /** Null for what is no finite number. */
  Double number(String key) {
    return seen(key, JsonFile.number(json, key));
  }

  /** A number for each channel, or one for all; null for what is neither. */
  List<Double> numbers(String key) {
    return seen(key, JsonFile.numbers(json, key));
  }

  /** A height and a width, by their names, in a list, or one for both; null for none. */
  Size size(String key) {
    return seen(key, size(json.get(key)));
  }

  /** A member of an object that is a side and stands alone there; null for none. */
  Integer onlySide(String key, String member) {
    JsonObject sides = JsonFile.object(json, key);
    return seen(key, sides == null || sides.size() != 1 ? null : JsonFile.side(sides, member));
  }

  /** One number for a side; null for what is none. */
  Integer side(String key) {
    return seen(key, JsonFile.side(json, key));
  }

  private <T> T seen(String key, T value) {
    if (value != null) {
      followed.add(key);
    }
    return value;
  }

  private static Size size(JsonElement value) {
    Integer height = JsonFile.side(value);
    Integer width = height;
    if (value instanceof JsonArray sides && sides.size() == 2) {
      height = JsonFile.side(sides.get(0));
      width = JsonFile.side(sides.get(1));
    } else if (value instanceof JsonObject sides && sides.size() == 2) {
      height = JsonFile.side(sides, "height");
      width = JsonFile.side(sides, "width");
    }
    return height == null || width == null ? null : new Size(height, width);
  }

  /** What is left, each with its value. What is null or false asks for nothing. */
  List<String> left() {
    List<String> left = new ArrayList<>();
    for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
      boolean asks =
          !(entry.getValue() instanceof JsonNull)
              && !(entry.getValue() instanceof JsonPrimitive flag
                  && flag.isBoolean()
                  && !flag.getAsBoolean());
      if (asks && !followed.contains(entry.getKey())) {
        String text = UserException.oneLine(entry.getKey() + " " + entry.getValue());
        left.add(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...");
      }
    }
    return left;
  }
}
