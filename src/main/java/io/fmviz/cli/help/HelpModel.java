package io.fmviz.cli.help;

import io.fmviz.cli.options.Heading;
import io.fmviz.cli.options.OwnOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * Puts a command's options under headings, with what the command says of them. That is done where
 * help is written only: parsing knows no groups, and takes no time for them.
 */
public class HelpModel implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    List<OwnOption> texts =
        Arrays.asList(command.userObject().getClass().getAnnotationsByType(OwnOption.class));
    Map<Heading, List<OptionSpec>> headed = new EnumMap<>(Heading.class);
    List<OptionSpec> own = new ArrayList<>();
    for (OptionSpec option : List.copyOf(command.options())) {
      Heading heading = Heading.of(option);
      (heading == null ? own : headed.computeIfAbsent(heading, h -> new ArrayList<>()))
          .add(described(option, texts));
      command.remove(option);
    }
    own.forEach(command::addOption);
    headed.forEach((heading, options) -> command.addArgGroup(group(heading, options)));
    command.usageMessage().abbreviateSynopsis(true);
    if (!own.isEmpty()) {
      command.usageMessage().optionListHeading("%n");
    }
    if (command.parent() == null) {
      CommandList.show(command);
    }
    return command;
  }

  private static ArgGroupSpec group(Heading heading, List<OptionSpec> options) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().heading("%n@|bold " + heading + "|@%n").validate(false);
    options.forEach(group::addArg);
    return group.build();
  }

  private static OptionSpec described(OptionSpec option, List<OwnOption> texts) {
    OptionSpec.Builder shown = OptionSpec.builder(option).scopeType(ScopeType.LOCAL);
    for (OwnOption text : texts) {
      if (text.option().equals(option.longestName())) {
        shown.description(description(option, text));
      }
    }
    return shown.build();
  }

  private static String description(OptionSpec option, OwnOption own) {
    String text = own.text().isEmpty() ? String.join(" ", option.description()) : own.text();
    return own.byDefault().isEmpty()
        ? text
        : text.replaceFirst(
            "\\(default: .*\\)", Matcher.quoteReplacement("(default: " + own.byDefault() + ")"));
  }
}
