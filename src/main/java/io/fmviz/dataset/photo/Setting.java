package io.fmviz.dataset.photo;

import java.util.Locale;

/** What can be said about how pictures are read, each by someone else. */
enum Setting {
  FIT("fit"),
  INPUT_SIZE("inputSize"),
  /** A {@link Margin}. */
  MARGIN("cropPct"),
  INTERPOLATION("interpolation"),
  CHANNEL_ORDER("channelOrder"),
  RANGE("range"),
  MEAN("mean"),
  STD("std"),
  /** What a fourth channel holds. */
  ALPHA("fourthChannel");

  private final String word;

  Setting(String word) {
    this.word = word;
  }

  /** What a person calls it, in one word as messages name it. */
  String word() {
    return word;
  }

  /** As it stands in a sentence. */
  String title() {
    return word.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
