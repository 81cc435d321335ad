package io.fmviz.cli.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What one command makes of an option that it shares with others: its default, or its help. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(OwnOption.All.class)
public @interface OwnOption {
  /** The option's name. */
  String option();

  /** The default, for a command with {@link DefaultValues}; empty for the shared one. */
  String defaultValue() default "";

  /** The whole description; empty for the shared one. */
  String text() default "";

  /** What the shared description says after "default: "; empty for what it says. */
  String byDefault() default "";

  /** All of one command. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    /** One for each option. */
    OwnOption[] value();
  }

  /** Gives a command's options its own defaults; all others keep theirs. */
  final class DefaultValues implements IDefaultValueProvider {
    @Override
    public String defaultValue(ArgSpec argument) {
      if (argument instanceof OptionSpec option) {
        for (OwnOption own :
            option.command().userObject().getClass().getAnnotationsByType(OwnOption.class)) {
          if (own.option().equals(option.longestName()) && !own.defaultValue().isEmpty()) {
            return own.defaultValue();
          }
        }
      }
      return null;
    }
  }
}
