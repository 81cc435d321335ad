package io.fmviz.cli.options;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong usage that only a config record can tell. */
public final class Usage {
  private Usage() {}

  /** Refuses a value that was given where it has no meaning. */
  static void refuse(String name, Object value, String problem) {
    if (value != null) {
      throw new InvalidValueException(name, problem);
    }
  }

  /** Builds a config record; what it refuses is wrong usage of the command. */
  public static <T> T checked(CommandSpec spec, Supplier<T> config) {
    try {
      return config.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), UserException.plain(SettingNames.in(e.getMessage())), e);
    }
  }
}
