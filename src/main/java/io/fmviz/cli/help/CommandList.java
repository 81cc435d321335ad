package io.fmviz.cli.help;

import io.fmviz.pipeline.Subcommand;
import io.fmviz.pipeline.Subcommand.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help's list of commands, in their groups. */
final class CommandList {
  /** What to begin with. */
  static final List<String> EXAMPLES =
      List.of(
          "  fmviz visualize --model net.onnx --image cat.jpg  your network's feature maps",
          "  fmviz serve --model net.onnx                      the same, in the browser",
          "  fmviz run --epochs 3                              train one, draw its maps");

  /** Where to read on. */
  static final String MORE = "fmviz help COMMAND lists a command's options.";

  private CommandList() {}

  /** Has the help of {@code fmviz} show it. */
  static void show(CommandSpec fmviz) {
    UsageMessageSpec usage = fmviz.usageMessage();
    usage.synopsisSubcommandLabel("COMMAND");
    List<String> order = new ArrayList<>(usage.sectionKeys());
    order.remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    order.remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    order.add(
        order.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING),
        UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    usage.sectionKeys(order);
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandList::render);
    usage.footerHeading("%n@|bold Examples|@%n");
    List<String> footer = new ArrayList<>(EXAMPLES);
    footer.addAll(List.of("", MORE));
    usage.footer(footer.toArray(String[]::new));
  }

  private static String render(Help help) {
    StringBuilder list = new StringBuilder();
    for (Group group : Group.values()) {
      list.append(help.createHeading("%n@|bold " + group + "|@%n"));
      list.append(table(help, group));
    }
    return list.toString();
  }

  private static TextTable table(Help help, Group group) {
    Map<String, Help> commands = help.subcommands();
    int names = 4 + commands.keySet().stream().mapToInt(String::length).max().orElseThrow();
    int width = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(names, 2, Column.Overflow.SPAN),
            new Column(width - names, 0, Column.Overflow.WRAP));
    for (Subcommand each : group.commands()) {
      Help command = commands.get(each.toString());
      String description = command.commandSpec().usageMessage().description()[0];
      table.addRowValues(command.commandNamesText(", "), help.colorScheme().text(description));
    }
    return table;
  }
}
