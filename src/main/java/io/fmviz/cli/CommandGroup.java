package io.fmviz.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/** What one comes to fmviz for: the groups in which the help lists the commands. */
enum CommandGroup {
  TRAIN("Train"),
  LOOK("Look"),
  UNDERSTAND("Understand"),
  CHANGE("Change"),
  SHARE("Share");

  /** The group of a command. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface In {
    /** The group. */
    CommandGroup value();
  }

  private final String text;

  CommandGroup(String text) {
    this.text = text;
  }

  /** The names of the group's commands. */
  List<String> commands() {
    return AllCommands.types().stream().filter(this::holds).map(AllCommands::nameOf).toList();
  }

  private boolean holds(Class<?> command) {
    In in = command.getAnnotation(In.class);
    return in != null && in.value() == this;
  }

  @Override
  public String toString() {
    return text;
  }
}
