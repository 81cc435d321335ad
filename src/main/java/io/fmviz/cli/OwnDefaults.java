package io.fmviz.cli;

import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Defaults of one command's for options that it shares with others. */
abstract class OwnDefaults implements IDefaultValueProvider {
  private final Map<String, String> defaults;

  /** Takes the defaults by the options' names; all others keep theirs. */
  OwnDefaults(Map<String, String> defaults) {
    this.defaults = defaults;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? defaults.get(option.longestName()) : null;
  }
}
