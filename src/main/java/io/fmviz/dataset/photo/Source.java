package io.fmviz.dataset.photo;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One of those who say how pictures are read: a person, a file, the model, or nobody. */
final class Source {
  /** Who guesses. */
  static final String GUESS = "a guess";

  private final String title;
  private final Map<Setting, Object> said = new EnumMap<>(Setting.class);
  private final Map<Setting, String> unknown = new EnumMap<>(Setting.class);
  private final List<String> notes = new ArrayList<>();

  /**
   * One that has said nothing yet.
   *
   * @param title as in "mean: a guess"
   */
  Source(String title) {
    this.title = title;
  }

  /** What one of the sources said. */
  record Said<T>(T value, Source by) {}

  String title() {
    return title;
  }

  boolean isSilent() {
    return said.isEmpty() && unknown.isEmpty();
  }

  /** Takes a value down; null is none. */
  Source say(Setting setting, Object value) {
    if (value != null) {
      said.put(setting, value);
    }
    return this;
  }

  /** Takes down that something was said that means nothing here. */
  void sayUnknown(Setting setting, String value) {
    unknown.put(setting, UserException.oneLine(value));
  }

  /** Takes down what of it is not followed, for people. */
  void note(String text) {
    notes.add(UserException.oneLine(text));
  }

  /** What of it is not followed, in one line; null where all is. */
  String notes() {
    return notes.isEmpty() ? null : title + ": " + String.join("; ", notes);
  }

  /** What this one said; null for nothing. */
  Object said(Setting setting) {
    if (unknown.containsKey(setting)) {
      throw new InvalidValueException(
          setting.word(),
          "must be given: %s says %s, which is not known here"
              .formatted(title, unknown.get(setting)));
    }
    return said.get(setting);
  }

  /** What the first that said anything said; null if none did. */
  static <T> Said<T> first(List<Source> sources, Setting setting, Class<T> type) {
    for (Source source : sources) {
      Object value = source.said(setting);
      if (value != null) {
        return new Said<>(type.cast(value), source);
      }
    }
    return null;
  }
}
