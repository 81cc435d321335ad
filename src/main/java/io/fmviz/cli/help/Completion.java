package io.fmviz.cli.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A script that completes commands, options and their values in bash and zsh. picocli's own offers
 * the values of other options, and neither files for names of checkpoints nor negated options.
 */
public final class Completion {
  private Completion() {}

  /**
   * The script.
   *
   * @param line {@code fmviz} with all its commands
   */
  public static String script(CommandLine line) {
    CommandSpec fmviz = line.getCommandSpec();
    List<CommandSpec> commands =
        fmviz.subcommands().values().stream().map(CommandLine::getCommandSpec).toList();
    StringBuilder options = new StringBuilder();
    commands.forEach(command -> options.append(line(command.name(), optionsOf(command))));
    options.append(line("*", optionsOf(fmviz)).stripTrailing());
    return template()
        .replace("{commands}", String.join(" ", fmviz.subcommands().keySet()))
        .replace("{options}", options)
        .replace("{values}", values(commands));
  }

  private static String line(String pattern, String words) {
    return "    %s) echo \"%s\" ;;\n".formatted(pattern, words);
  }

  private static String optionsOf(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(Completion::names)
        .collect(Collectors.joining(" "));
  }

  private static Stream<String> names(OptionSpec option) {
    String name = option.longestName();
    return option.negatable()
        ? Stream.of(name, name.replaceFirst("^--", "--no-"))
        : Stream.of(name);
  }

  /** Options of one name take the same in all commands; what need not be given isn't offered. */
  private static String values(List<CommandSpec> commands) {
    Map<String, String> options = new LinkedHashMap<>();
    commands.stream()
        .flatMap(command -> command.options().stream())
        .filter(option -> option.arity().min() > 0 && !option.hidden())
        .forEach(option -> options.putIfAbsent(option.longestName(), taken(option)));
    Map<String, String> patterns = new LinkedHashMap<>();
    options.forEach((option, values) -> patterns.merge(values, option, (a, b) -> a + " | " + b));
    return patterns.entrySet().stream()
        .map(each -> line(each.getValue(), each.getKey()))
        .collect(Collectors.joining())
        .stripTrailing();
  }

  private static String taken(OptionSpec option) {
    if (option.completionCandidates() != null) {
      String words =
          StreamSupport.stream(option.completionCandidates().spliterator(), false)
              .collect(Collectors.joining(" "));
      return option.splitRegex().isEmpty() ? words : "<list>" + words;
    }
    if (option.auxiliaryTypes()[0] == Path.class) {
      return option.paramLabel().equals("DIR") ? "<folder>" : "<file>";
    }
    return option.longestName().equals("--checkpoint") ? "<checkpoint>" : "<any>";
  }

  private static String template() {
    try (InputStream in = Completion.class.getResourceAsStream("completion.sh")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
