package io.fmviz.dataset.photo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fmviz.base.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a network's classes are called, from 0 on. */
public final class ClassNames {
  /** As of a line of a program: {@code CLASSES = [}. */
  private static final Pattern ASSIGNED = Pattern.compile("\\s*[A-Za-z_]\\w*\\s*=\\s*(?=[\\[{])");

  /** No network has as many classes. */
  private static final int MOST = 1_000_000;

  private ClassNames() {}

  /**
   * Reads a file of names: one a line, perhaps with numbers; JSON in the forms of {@link
   * JsonNames}; a dict or list of Python's; YAML as ultralytics' {@code data.yaml}.
   *
   * @throws UserException if it can't be read or holds no names
   */
  public static List<String> read(Path file) {
    List<String> names = names(file, JsonFile.text(file));
    if (names.stream().allMatch(String::isBlank)) {
      throw bad(file, "it is empty");
    }
    if (names.size() > MOST) {
      throw bad(file, "it has more than %,d lines or names".formatted(MOST));
    }
    for (int c = 0; c < names.size(); c++) {
      if (names.get(c).isBlank()) {
        throw bad(file, "class %d has none".formatted(c));
      }
    }
    return names.stream().map(UserException::plain).toList();
  }

  private static List<String> names(Path file, String text) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String begin = text.stripLeading();
    if (name.endsWith(".json") || begin.startsWith("[") || begin.startsWith("{")) {
      return inBrackets(file, text);
    }
    Matcher assignment = ASSIGNED.matcher(text);
    List<String> assigned =
        assignment.lookingAt() ? PythonNames.parse(text.substring(assignment.end())) : List.of();
    if (!assigned.isEmpty()) {
      return assigned;
    }
    boolean isYaml = name.endsWith(".yaml") || name.endsWith(".yml");
    return isYaml || YamlNames.isThere(text) ? inYaml(file, text) : LineNames.of(text);
  }

  /** JSON, or else what Python writes, whose quotes are others. */
  private static List<String> inBrackets(Path file, String text) {
    JsonElement json;
    try {
      json = JsonFile.parse(file, text);
    } catch (UserException e) {
      List<String> names = PythonNames.parse(text);
      if (names.isEmpty()) {
        throw e;
      }
      return names;
    }
    return JsonNames.of(json)
        .orElseThrow(
            () ->
                bad(
                    file,
                    json instanceof JsonArray || json instanceof JsonObject
                        ? "its JSON is neither a list of names nor id2label"
                        : "its JSON is " + JsonFile.kind(json)));
  }

  private static List<String> inYaml(Path file, String text) {
    try {
      List<String> names = YamlNames.of(text);
      if (names.isEmpty()) {
        throw bad(file, "it has no names: with a list or a map behind it");
      }
      return names;
    } catch (YamlNames.Fault e) {
      throw bad(file, "as YAML, " + e.getMessage());
    }
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
      return JsonNames.ofSettings(json).orElse(List.of());
    } catch (UserException e) {
      return List.of();
    }
  }

  private static UserException bad(Path file, String reason) {
    return new UserException(
        "%s holds no class names: %s; give one per line, or JSON such as transformers' id2label"
            .formatted(file, reason));
  }
}
