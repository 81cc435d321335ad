package io.fmviz.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a message names what a person can set: by a word in braces, {@code {learningRate}}. Only who
 * reads the values knows what people call them there, {@code --lr}.
 *
 * <p>The words are marked in the program's own text, before a name out of a file comes into it, so
 * that a file {@code {image}.png} keeps its name:
 *
 * <pre>{@code
 * Settings.named("%s is there already: give {force}").formatted(file)
 * }</pre>
 */
public final class Settings {
  /** Stands on both sides of a word that names a setting: the one character no file's name has. */
  private static final String MARK = "\0";

  private static final Pattern BRACED = Pattern.compile("\\{([a-z][A-Za-z]*)}");
  private static final Pattern MARKED = Pattern.compile(MARK + "([a-z][A-Za-z]{0,30})" + MARK);

  private Settings() {}

  /** A text of the program's own, whose words in braces name settings. */
  public static String named(String text) {
    return BRACED.matcher(text).replaceAll(MARK + "$1" + MARK);
  }

  /** The settings that a message names, to be replaced by what people call them. */
  public static Matcher in(String message) {
    return MARKED.matcher(message);
  }

  /** A message in which settings stand as words, for who has no other name for them. */
  public static String bare(String message) {
    return in(message).replaceAll("$1");
  }
}
