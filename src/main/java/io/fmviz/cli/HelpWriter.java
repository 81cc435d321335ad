package io.fmviz.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** Makes the pages of the help, and writes them down when fmviz is built. */
final class HelpWriter {
  /** The name of the page for who names no command. */
  static final String SUMMARY = "summary";

  private HelpWriter() {}

  /** Writes all pages, plain and coloured, beside this class, while it is in a folder. */
  public static void main(String[] args) throws IOException, URISyntaxException {
    URI self = HelpWriter.class.getResource("HelpWriter.class").toURI();
    Path folder = Path.of(self).getParent();
    for (boolean colored : List.of(false, true)) {
      write(folder, SUMMARY, colored, summary(colored));
      write(folder, HelpPage.name(""), colored, made("", colored));
      for (Class<?> type : AllCommands.types()) {
        String command = AllCommands.nameOf(type);
        write(folder, HelpPage.name(command), colored, made(command, colored));
      }
    }
  }

  private static void write(Path folder, String name, boolean colored, String page)
      throws IOException {
    Path file = folder.resolve(HelpPage.file(name, colored));
    Files.writeString(file, page, StandardCharsets.UTF_8);
  }

  /** A command's page as picocli makes it; empty for fmviz itself. */
  static String made(String command, boolean colored) {
    CommandLine fmviz = new CommandLine(new AllCommands());
    CommandLine named = command.isEmpty() ? fmviz : fmviz.getSubcommands().get(command);
    return named.getUsageMessage(ansi(colored));
  }

  /** What fmviz is, its commands, and how to begin: one screen at most. */
  static String summary(boolean colored) {
    StringBuilder page = new StringBuilder();
    String does = FmvizCommand.class.getAnnotation(Command.class).description()[0];
    page.append("@|bold fmviz|@ s" + does.substring(1) + "%n%n");
    for (CommandGroup group : CommandGroup.values()) {
      String gap = " ".repeat(12 - group.toString().length());
      page.append("@|bold " + group + "|@" + gap + String.join(", ", group.commands()) + "%n");
    }
    page.append("%n@|bold Examples|@%n");
    for (String line : CommandList.EXAMPLES) {
      page.append(line).append("%n");
    }
    page.append("%n" + CommandList.MORE + "%n%n");
    return ansi(colored).string(page.toString().replace("%n", System.lineSeparator()));
  }

  private static Ansi ansi(boolean colored) {
    return colored ? Ansi.ON : Ansi.OFF;
  }
}
