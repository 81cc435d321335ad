package io.fmviz.probe;

/** Patterns for names: an asterisk stands for any text, a question mark for one character. */
final class Glob {
  /** Behind the pattern; no character. */
  private static final int END = -1;

  private Glob() {}

  /**
   * Whether a pattern fits all of a text. Where it doesn't go on fitting, the last asterisk takes
   * one character more: it alone, since an earlier one could only skip what it can skip too. So the
   * time is at most the product of both lengths, whatever the pattern.
   */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int behindAsterisk = -1;
    int taken = 0;
    while (t < text.length()) {
      int next = p < pattern.length() ? pattern.charAt(p) : END;
      if (next == '*') {
        behindAsterisk = ++p;
        taken = t;
      } else if (next == '?') {
        p++;
        t += Character.charCount(text.codePointAt(t));
      } else if (next == text.charAt(t)) {
        p++;
        t++;
      } else if (behindAsterisk >= 0) {
        p = behindAsterisk;
        t = ++taken;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
