package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "ReLU_*, ReLU_12, true",
    "ReLU_?, ReLU_12, false",
    "*.conv?, layer2.0.conv1, true",
    "*.conv?, layer2.0.conv1.x, false",
    "conv[12], conv1, false",
    "a.b, axb, false",
    "?, 猫, true",
    "?, \uD83D\uDC31, true",
    "??, \uD83D\uDC31, false",
    "*\uD83D\uDC31, x\uD83D\uDC31, true"
  })
  void asterisksAndQuestionMarksStandForOthers(String pattern, String text, boolean fits) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(fits);
  }

  @Test
  void everyShortPatternFitsWhatItsDefinitionSays() {
    for (String pattern : words("ab*?", 4)) {
      for (String text : words("ab", 5)) {
        assertThat(Glob.matches(pattern, text))
            .as("%s on %s", pattern, text)
            .isEqualTo(isFitting(pattern, text));
      }
    }
  }

  /** By the definition, in exponential time. */
  private static boolean isFitting(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    String rest = pattern.substring(1);
    if (pattern.charAt(0) == '*') {
      return isFitting(rest, text) || (!text.isEmpty() && isFitting(pattern, text.substring(1)));
    }
    return !text.isEmpty()
        && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
        && isFitting(rest, text.substring(1));
  }

  private static List<String> words(String letters, int longest) {
    List<String> words = new ArrayList<>(List.of(""));
    int from = 0;
    for (int length = 1; length <= longest; length++) {
      int to = words.size();
      for (String word : List.copyOf(words.subList(from, to))) {
        letters.chars().forEach(letter -> words.add(word + (char) letter));
      }
      from = to;
    }
    return words;
  }

  /** With backtracking over all asterisks this would not end. */
  @Test
  void manyAsterisksOnALongNameFail() {
    String name = "a".repeat(100_000);
    assertThat(Glob.matches("*".repeat(1_000) + "Q", name)).isFalse();
    assertThat(Glob.matches("*a".repeat(30) + "Q", name)).isFalse();
    assertThat(Glob.matches("*a".repeat(30), name)).isTrue();
  }
}
