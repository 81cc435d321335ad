package io.fmviz.cli.help;

import io.fmviz.base.Nearest;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.SettingNames;
import io.fmviz.pipeline.NetworkKinds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What was perhaps meant by words that aren't known, the nearest first. */
public final class Hints {
  private Hints() {}

  /**
   * The options of a command that an unknown one may stand for: those that have the same meaning
   * under another name, then those that are spelled alike.
   *
   * @param commands the classes of all commands, which tell former names
   */
  public static List<String> options(String unknown, CommandSpec command, List<Class<?>> commands) {
    String name = unknown.replaceFirst("=.*", "");
    List<String> known =
        command.options().stream()
            .filter(option -> !option.hidden())
            .flatMap(option -> names(option).stream())
            .toList();
    Set<String> meant = new LinkedHashSet<>();
    for (String synonym :
        new String[] {
          FormerName.Names.successor(name, commands), SettingNames.option(SettingNames.value(name))
        }) {
      if (known.contains(synonym)) {
        meant.add(synonym);
      }
    }
    meant.addAll(Nearest.to(name, known));
    return meant.stream().limit(Nearest.MOST).toList();
  }

  private static List<String> names(OptionSpec option) {
    String name = FormerName.Names.current(option);
    return option.negatable() ? List.of(name, name.replaceFirst("^--", "--no-")) : List.of(name);
  }

  /** What an argument that belongs to no option may have been meant for; empty where unclear. */
  public static List<String> plain(String argument, CommandSpec command) {
    OptionSpec option = command.findOption(optionOf(argument));
    return option == null || option.hidden() || argument.matches("\\d*")
        ? List.of()
        : List.of(option.longestName() + " " + argument);
  }

  /** The commands that an unknown one may stand for. */
  public static List<String> commands(String unknown, CommandSpec fmviz) {
    List<String> near = Nearest.to(unknown, fmviz.subcommands().keySet());
    if (!near.isEmpty() || !unknown.matches(".*[./\\\\].*")) {
      return near;
    }
    String option = optionOf(unknown);
    return List.of(
        (option.equals("--image") ? "visualize" : "summary") + " " + option + " " + unknown);
  }

  /** The option that a file's name fits. */
  private static String optionOf(String file) {
    if (NetworkKinds.isModel(file)) {
      return "--model";
    }
    return NetworkKinds.isCheckpoint(file) ? "--checkpoint" : "--image";
  }
}
