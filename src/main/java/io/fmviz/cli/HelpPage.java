package io.fmviz.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The help of every command, as {@link HelpWriter} wrote it down when fmviz was built: {@code fmviz
 * --help} takes 0.16 s with it, and 0.39 s where picocli makes the page.
 */
final class HelpPage {
  private static final Set<String> ASKING = Set.of("-h", "--help");
  private static final String PAGE = "page";

  private HelpPage() {}

  /**
   * Whether help is asked for, and not more: {@code --help}, {@code train --help}, {@code help},
   * {@code help train}.
   */
  static boolean isWanted(String... args) {
    return asked(args) != null;
  }

  /** The page that is asked for; null if something else is, or there is none. */
  static String of(String... args) {
    String command = asked(args);
    return command == null ? null : written(name(command), Ansi.AUTO.enabled());
  }

  /** The command whose help is asked for, empty for fmviz itself; null if it is something else. */
  private static String asked(String... args) {
    if (args.length == 0 || args.length > 2) {
      return null;
    }
    String first = args[0];
    String last = args[args.length - 1];
    if (args.length == 1) {
      return ASKING.contains(first) || first.equals("help") ? "" : null;
    }
    String command = ASKING.contains(last) ? first : first.equals("help") ? last : "";
    return command.matches("[a-z][a-z-]*") ? command : null;
  }

  /** A command's page; empty for fmviz itself. */
  static String text(String command, boolean colored) {
    String page = written(name(command), colored);
    return page == null ? HelpWriter.made(command, colored) : page;
  }

  /** What who names no command is shown. */
  static String summary(boolean colored) {
    String page = written(HelpWriter.SUMMARY, colored);
    return page == null ? HelpWriter.summary(colored) : page;
  }

  /** Has a command line show these pages, whatever stands beside {@code --help} there. */
  static void showBy(CommandLine line) {
    line.setHelpSectionKeys(List.of(PAGE));
    line.setHelpSectionMap(Map.of(PAGE, HelpPage::text));
  }

  private static String text(Help help) {
    CommandSpec command = help.commandSpec();
    return text(command.parent() == null ? "" : command.name(), help.ansi().enabled());
  }

  private static String written(String name, boolean colored) {
    try (InputStream page = HelpPage.class.getResourceAsStream(file(name, colored))) {
      return page == null ? null : new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of a command's page; empty for fmviz itself. */
  static String name(String command) {
    return command.isEmpty() ? "help" : "help-" + command;
  }

  /** The file of a page, beside this class. */
  static String file(String name, boolean colored) {
    return name + (colored ? ".ansi" : ".txt");
  }
}
