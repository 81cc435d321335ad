package io.fmviz.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the help of one command says, in its own way, about an option that it shares with others.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(OwnText.All.class)
@interface OwnText {
  /** The option's name. */
  String option();

  /** The whole description; empty for the shared one. */
  String text() default "";

  /** What the shared description says after "default: "; empty for the shared default. */
  String byDefault() default "";

  /** All of one command. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    /** One for each option. */
    OwnText[] value();
  }
}
