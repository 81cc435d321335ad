package io.fmviz;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.base.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All messages: their counts, and whose words they are. */
class MessagesTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** A number and a noun behind it in a format: {@code %d classes}, {@code %,d test images}. */
  private static final Pattern FORMATTED =
      Pattern.compile(
          "%(?:\\d\\$)?,?d (?:[a-z-]+ ){0,2}?(?!is|was|has|as|its|this|less|belongs)[a-z]+s\\b");

  /** The same put together: {@code count + " images"}. */
  private static final Pattern ADDED =
      Pattern.compile(
          "(?:size\\(\\)|length(?:\\(\\))?|[cC]ount\\w*(?:\\(\\))?|[sS]econds(?:\\(\\))?|classes(?:\\(\\))?|channels(?:\\(\\))?|number|\\bn)\\s*\\+\\s*\""
              + " (?:[a-z]+ )?[a-z]+s\\b");

  /** The letter that is added by hand: {@code n == 1 ? "" : "s"}. */
  private static final Pattern BY_HAND = Pattern.compile("[?:] \"(?:s|es|ies)\"");

  /** Sides, limits that are large, and bits, which no sample has one of where this is said. */
  private static final Pattern FINE =
      Pattern.compile(
          "x %d (?:pixels|positions)|(?:at most|more than) %,?d |of (?:its )?%d bits|%d million ");

  private static Stream<Path> sources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What programmers get is left out. */
  private static Stream<String> found(Path file, Pattern pattern) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Matcher matcher = pattern.matcher(text);
    return matcher
        .results()
        .filter(
            hit -> {
              String before = text.substring(Math.max(0, hit.start() - 160), hit.start());
              int line = Math.max(0, text.lastIndexOf('\n', hit.start()));
              String near =
                  text.substring(
                      Math.max(line, hit.start() - 12), Math.min(text.length(), hit.end() + 12));
              String source = text.substring(line, hit.start()).strip();
              return !before.contains("IllegalArgumentException(")
                  && !before.contains("IllegalStateException(")
                  && !source.startsWith("*")
                  && !FINE.matcher(near).find();
            })
        .map(hit -> SOURCES.relativize(file) + ": " + hit.group());
  }

  @Test
  void leaveTheNounBehindACountToOnePlace() {
    List<String> all =
        sources()
            .filter(file -> !file.endsWith(Path.of("base", "Numbers.java")))
            .flatMap(
                file ->
                    Stream.of(FORMATTED, ADDED, BY_HAND).flatMap(pattern -> found(file, pattern)))
            .toList();
    assertThat(all).isEmpty();
  }

  /** The scan above finds what it is to find. */
  @Test
  void areFoundWhereTheyAreWrong() {
    assertThat(FORMATTED.matcher("tells %d classes apart").find()).isTrue();
    assertThat(FORMATTED.matcher("%,d test images").find()).isTrue();
    assertThat(FORMATTED.matcher("%d is given").find()).isFalse();
    assertThat(ADDED.matcher("names.size() + \" names\"").find()).isTrue();
    assertThat(BY_HAND.matcher("n == 1 ? \"\" : \"s\"").find()).isTrue();
    assertThat(FINE.matcher("%d x %d pixels").find()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "image, 0 images, 1 image, 2 images",
    "class, 0 classes, 1 class, 2 classes",
    "batch, 0 batches, 1 batch, 2 batches",
    "epoch, 0 epochs, 1 epoch, 2 epochs",
    "box, 0 boxes, 1 box, 2 boxes",
    "entry, 0 entries, 1 entry, 2 entries",
    "key, 0 keys, 1 key, 2 keys",
    "dead channel, 0 dead channels, 1 dead channel, 2 dead channels"
  })
  void countNoneOneAndTwo(String noun, String none, String one, String two) {
    assertThat(Numbers.count(0, noun)).isEqualTo(none);
    assertThat(Numbers.count(1, noun)).isEqualTo(one);
    assertThat(Numbers.count(2, noun)).isEqualTo(two);
  }

  /** Every noun that is counted anywhere has the plural that is English. */
  @Test
  void countNounsWithAPluralThatIsEnglish() {
    Pattern counted = Pattern.compile("[cC]ount\\([^;]*?, \"([a-z ]+)\"\\)");
    List<String> nouns =
        sources()
            .flatMap(
                file -> {
                  try {
                    return counted.matcher(Files.readString(file)).results().toList().stream();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .map(hit -> hit.group(1))
            .map(noun -> noun.substring(noun.lastIndexOf(' ') + 1))
            .distinct()
            .sorted()
            .toList();
    assertThat(nouns).contains("image", "class", "channel");
    for (String noun : nouns) {
      String irregular = "index|child|matrix|vertex|axis|datum|sheep|series|analysis";
      assertThat(noun.toLowerCase(Locale.ROOT)).doesNotMatch(irregular).doesNotMatch(".*[^s]s");
    }
  }
}
