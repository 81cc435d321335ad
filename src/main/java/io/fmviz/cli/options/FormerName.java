package io.fmviz.cli.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command called an option once. That goes on working, but no help or completion has it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(FormerName.All.class)
public @interface FormerName {
  /** The old name. */
  String was();

  /** The option's name today. */
  String option();

  /** All of one command. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    /** One for each old name. */
    FormerName[] value();
  }

  /** Has commands be parsed with their old names too. */
  final class Names {
    private Names() {}

    /** Adds those of a command to its options. */
    public static void accept(CommandSpec command) {
      for (FormerName old :
          command.userObject().getClass().getAnnotationsByType(FormerName.class)) {
        OptionSpec option = command.findOption(old.option());
        command.remove(option);
        command.addOption(OptionSpec.builder(option).names(old.option(), old.was()).build());
      }
    }

    /** An option's name today: an old one stands behind it. */
    public static String current(OptionSpec option) {
      return Arrays.stream(option.names())
          .filter(name -> name.startsWith("--"))
          .findFirst()
          .orElseThrow();
    }

    /** A message that calls options as arguments do, be it by an old name. */
    public static String asTyped(String message, CommandSpec command, List<String> arguments) {
      String told = message;
      for (OptionSpec option : command.options()) {
        String typed =
            Arrays.stream(option.names())
                .filter(name -> arguments.stream().anyMatch(a -> (a + "=").startsWith(name + "=")))
                .findFirst()
                .orElse(current(option));
        if (option.names().length > 1 && typed.startsWith("--")) {
          told = told.replaceAll("(" + String.join("|", option.names()) + ")(?![\\w-])", typed);
        }
      }
      return told;
    }

    /**
     * What an option is called today that had a name once, in any of the commands; null for none.
     */
    public static String successor(String name, Collection<Class<?>> commands) {
      return commands.stream()
          .flatMap(type -> Arrays.stream(type.getAnnotationsByType(FormerName.class)))
          .filter(old -> old.was().equals(name))
          .map(FormerName::option)
          .findFirst()
          .orElse(null);
    }
  }
}
