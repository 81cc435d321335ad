package io.fmviz.cli;

import io.fmviz.pipeline.NetworkKinds;
import io.fmviz.runtime.EngineLoader;
import java.util.Arrays;
import java.util.List;

/** Decides which engine a command line will need, so that it is loaded while options are parsed. */
final class EnginePreload {
  private EnginePreload() {}

  /** Begins to load the engine that a command line needs, if it needs one and that is known. */
  static void load(String... args) {
    if (isNeeded(args)) {
      EngineLoader.ahead();
    }
  }

  static boolean isNeeded(String... args) {
    Class<?> command = command(FmvizCommand.named(args));
    return command != null
        && RunsNetwork.class.isAssignableFrom(command)
        && NetworkKinds.isOnTorch(List.of(args), namesModel(args))
        && !HelpPage.isWanted(args);
  }

  private static boolean namesModel(String... args) {
    return Arrays.stream(args).anyMatch(arg -> arg.equals("--model") || arg.startsWith("--model="));
  }

  /**
   * The class of a command, found by its own name, as {@code GenerateCompletionCommand} for
   * generate-completion; null if there is none. Reading the names in all commands' annotations
   * would keep the engine waiting for 0.05 s.
   */
  static Class<?> command(String name) {
    if (!name.matches("[a-z]+(-[a-z]+)*")) {
      return null;
    }
    StringBuilder type = new StringBuilder("io.fmviz.cli.");
    for (String word : name.split("-", -1)) {
      type.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    try {
      return Class.forName(type + "Command", false, EnginePreload.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
