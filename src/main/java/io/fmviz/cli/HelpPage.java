package io.fmviz.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The help of every command, as picocli prints it, written down when fmviz is built: {@code fmviz
 * --help} takes 0.16 s with it, and 0.39 s where picocli makes the page.
 */
final class HelpPage {
  private static final Set<String> ASKING = Set.of("-h", "--help");

  private HelpPage() {}

  /** Whether help is asked for, and not more: {@code --help}, {@code train --help}. */
  static boolean isWanted(String... args) {
    return args.length >= 1
        && args.length <= 2
        && ASKING.contains(args[args.length - 1])
        && (args.length == 1 || !args[0].startsWith("-"));
  }

  /** The page that is asked for; null if something else is, or there is none. */
  static String of(String... args) {
    if (!isWanted(args)) {
      return null;
    }
    String name = name(FmvizCommand.named(args), Ansi.AUTO.enabled());
    if (!name.matches("[a-z-]+\\.(txt|ansi)")) {
      return null;
    }
    try (InputStream page = HelpPage.class.getResourceAsStream(name)) {
      return page == null ? null : new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(String command, boolean colored) {
    return (command.isEmpty() ? "fmviz" : command) + (colored ? ".ansi" : ".txt");
  }

  /** Writes all pages, plain and coloured, beside this class, while it is in a folder. */
  public static void main(String[] args) throws IOException, URISyntaxException {
    URI self = HelpPage.class.getResource("HelpPage.class").toURI();
    Path folder = Path.of(self).getParent();
    write(folder, "");
    for (Class<?> command : AllCommands.types()) {
      write(folder, command.getAnnotation(CommandLine.Command.class).name());
    }
  }

  private static void write(Path folder, String command) throws IOException {
    for (boolean colored : List.of(false, true)) {
      Files.writeString(
          folder.resolve(name(command, colored)), made(command, colored), StandardCharsets.UTF_8);
    }
  }

  /** The page as picocli makes it. */
  static String made(String command, boolean colored) {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    CommandLine line = new FmvizCommand(nowhere, nowhere).commandLine(command);
    CommandLine named = command.isEmpty() ? line : line.getSubcommands().get(command);
    return named.getUsageMessage(colored ? Ansi.ON : Ansi.OFF);
  }
}
