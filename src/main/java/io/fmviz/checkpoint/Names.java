package io.fmviz.checkpoint;

import java.util.regex.Pattern;

/** Names that come from a file, made fit for one line that a person reads. */
final class Names {
  private static final int SHOWN = 120;

  /** Control and formatting characters; ends of lines and paragraphs. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private Names() {}

  /** The name without characters that would break the line, and cut where it is very long. */
  static String shown(String name) {
    String cut = name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "...";
    return UNFIT.matcher(cut).replaceAll("?");
  }
}
