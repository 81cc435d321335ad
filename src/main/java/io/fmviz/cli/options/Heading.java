package io.fmviz.cli.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import picocli.CommandLine.Model.OptionSpec;

/** The headings under which a command's help lists its options, in this order. */
public enum Heading {
  TRAINING("Training"),
  IMAGES("Images"),
  PREPROCESSING("Preprocessing"),
  LAYERS("Layers"),
  DRAWING("Drawing"),
  OUTPUT("Output"),
  SERVER("Server"),
  ENGINE("Engine"),
  EVERYWHERE("Everywhere");

  /**
   * The heading of an option, or of all options of a class, and of those in it, whose fields name
   * no other.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.FIELD})
  public @interface Under {
    /** The heading. */
    Heading value();
  }

  private final String text;

  Heading(String text) {
    this.text = text;
  }

  /** The heading of an option; null for the command's own, which come first and have none. */
  public static Heading of(OptionSpec option) {
    if (!(option.userObject() instanceof Field field)) {
      return null; // a setter's, which no help lists
    }
    Under own = field.getAnnotation(Under.class);
    Under shared = field.getDeclaringClass().getNestHost().getAnnotation(Under.class);
    return own != null ? own.value() : shared != null ? shared.value() : null;
  }

  @Override
  public String toString() {
    return text;
  }
}
