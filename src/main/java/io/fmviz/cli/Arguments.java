package io.fmviz.cli;

import io.fmviz.base.FileNames;
import io.fmviz.pipeline.NetworkKinds;
import io.fmviz.pipeline.Subcommand;
import java.util.List;
import java.util.Optional;

/**
 * The words of a command line, and what has to be known of them before they are parsed: that takes
 * time, in which the engine can begin to be loaded.
 */
public record Arguments(List<String> words) {
  public static Arguments of(String... words) {
    return new Arguments(List.of(words));
  }

  /**
   * Refuses words that Java doesn't have as they were typed.
   *
   * @throws io.fmviz.base.UserException if there is such a one
   */
  void requireTyped() {
    FileNames.requireTyped(words.toArray(String[]::new));
  }

  /** Whether the engine's log is asked for, and where failures happened. */
  public boolean isVerbose() {
    return words.contains("--verbose");
  }

  /** The name of a command, known or not; empty if there is none. */
  public String command() {
    for (String word : words) {
      if (!word.startsWith("-")) {
        return word;
      }
    }
    return "";
  }

  /**
   * The command whose help is asked for, and not more, as {@code --help}, {@code train --help},
   * {@code help} and {@code help train} do; empty for fmviz itself, null if it is something else.
   */
  String helpOf() {
    if (words.isEmpty() || words.size() > 2) {
      return null;
    }
    String first = words.get(0);
    String last = words.get(words.size() - 1);
    if (words.size() == 1) {
      return isHelp(first) || first.equals("help") ? "" : null;
    }
    String command = isHelp(last) ? first : first.equals("help") ? last : "";
    return command.matches("[a-z][a-z-]*") ? command : null;
  }

  private static boolean isHelp(String word) {
    return word.equals("-h") || word.equals("--help");
  }

  /** Whether libtorch will be needed, as far as that is known yet. */
  boolean needTorch() {
    Optional<Subcommand> command = Subcommand.named(command());
    return command.isPresent()
        && command.get().runsNetwork()
        && NetworkKinds.isOnTorch(words, nameModel())
        && helpOf() == null;
  }

  private boolean nameModel() {
    for (String word : words) {
      if (word.equals("--model") || word.startsWith("--model=")) {
        return true;
      }
    }
    return false;
  }
}
