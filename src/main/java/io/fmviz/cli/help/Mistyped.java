package io.fmviz.cli.help;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Options that aren't known and so were taken for another one's value, as {@code --layer} in {@code
 * --image cat.jpg --layer ReLU_1}.
 */
public final class Mistyped {
  private Mistyped() {}

  /**
   * Refuses such an option.
   *
   * @throws UnmatchedArgumentException if there is one
   */
  public static void refuse(CommandSpec command) {
    in(command)
        .ifPresent(
            option -> {
              throw new UnmatchedArgumentException(command.commandLine(), List.of(option));
            });
  }

  /** The first such option of a command line that was parsed. */
  public static Optional<String> in(CommandSpec command) {
    return command.options().stream()
        .flatMap(
            option ->
                option.originalStringValues().stream()
                    .filter(value -> looksLikeOption(value, option)))
        .filter(value -> !isThere(value))
        .findFirst();
  }

  /** A single hyphen may begin a number, but no picture. */
  private static boolean looksLikeOption(String value, OptionSpec option) {
    return value.matches("--[A-Za-z].*") || (option.arity().max() > 1 && value.matches("-.+"));
  }

  private static boolean isThere(String file) {
    try {
      return Files.exists(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
