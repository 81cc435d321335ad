package io.fmviz.cli.help;

import io.fmviz.pipeline.Subcommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The help of every command, as it was written down when fmviz was built: {@code fmviz --help}
 * takes 0.16 s with it, and 0.39 s where picocli makes the page.
 *
 * @param fmviz with all its commands, for who makes pages
 */
public record HelpPages(Supplier<CommandLine> fmviz) {
  private static final String SUMMARY = "summary";
  private static final String PAGE = "page";

  /** A command's page, empty for fmviz itself, as it was written down; null if it wasn't. */
  public static String written(String command, boolean colored) {
    return read(name(command), colored);
  }

  private static String read(String name, boolean colored) {
    try (InputStream page = HelpPages.class.getResourceAsStream(file(name, colored))) {
      return page == null ? null : new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(String command) {
    return command.isEmpty() ? "help" : "help-" + command;
  }

  /** The file of a page, beside this class. */
  private static String file(String name, boolean colored) {
    return name + (colored ? ".ansi" : ".txt");
  }

  /** A command's page; empty for fmviz itself. */
  public String text(String command, boolean colored) {
    String page = written(command, colored);
    return page == null ? made(command, colored) : page;
  }

  /** What who names no command is shown. */
  public String summary(boolean colored) {
    String page = read(SUMMARY, colored);
    return page == null ? madeSummary(colored) : page;
  }

  /** Has a command line show these pages, whatever stands beside {@code --help} there. */
  public void showBy(CommandLine line) {
    line.setHelpSectionKeys(List.of(PAGE));
    line.setHelpSectionMap(Map.of(PAGE, this::text));
  }

  private String text(Help help) {
    CommandSpec command = help.commandSpec();
    return text(command.parent() == null ? "" : command.name(), help.ansi().enabled());
  }

  /** Writes all pages, plain and coloured, beside this class, while it is in a folder. */
  public void writeAll() throws IOException, URISyntaxException {
    Path folder = Path.of(HelpPages.class.getResource("HelpPages.class").toURI()).getParent();
    for (boolean colored : List.of(false, true)) {
      write(folder, SUMMARY, colored, madeSummary(colored));
      write(folder, name(""), colored, made("", colored));
      for (Subcommand each : Subcommand.values()) {
        String command = each.toString();
        write(folder, name(command), colored, made(command, colored));
      }
    }
  }

  private static void write(Path folder, String name, boolean colored, String page)
      throws IOException {
    Files.writeString(folder.resolve(file(name, colored)), page, StandardCharsets.UTF_8);
  }

  /** A command's page as picocli makes it; empty for fmviz itself. */
  public String made(String command, boolean colored) {
    CommandLine all = fmviz.get();
    CommandLine named = command.isEmpty() ? all : all.getSubcommands().get(command);
    return named.getUsageMessage(ansi(colored));
  }

  /** What fmviz is, its commands, and how to begin: one screen at most. */
  private String madeSummary(boolean colored) {
    StringBuilder page = new StringBuilder();
    String does = fmviz.get().getCommandSpec().usageMessage().description()[0];
    page.append("@|bold fmviz|@ s" + does.substring(1) + "%n%n");
    for (Subcommand.Group group : Subcommand.Group.values()) {
      String gap = " ".repeat(12 - group.toString().length());
      String commands =
          group.commands().stream().map(Subcommand::toString).collect(Collectors.joining(", "));
      page.append("@|bold " + group + "|@" + gap + commands + "%n");
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
