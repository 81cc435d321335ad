package io.fmviz.pipeline;

import io.fmviz.report.page.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * fmviz's commands in the order of the help, and what each is: its group, what it does with a
 * network, the scripts of its folder's page. Help, completion, the start of an engine, links
 * between pages and the cluster follow from a line here.
 *
 * <p>A command's class is called as it is, {@code GenerateCompletionCommand} for {@code
 * generate-completion}. Nothing here loads it: the list is asked before an engine begins to be
 * loaded, and reading what all classes say of themselves would keep that waiting for 0.05 s.
 */
public enum Subcommand {
  TRAIN(Group.TRAIN, Task.NETWORK),
  RUN(Group.TRAIN, Task.NETWORK),
  VISUALIZE(Group.LOOK, Task.NETWORK, "filter constants maps paint visualize"),
  COMPARE(Group.LOOK, Task.NETWORK, "filter layers table bars compare"),
  KERNELS(Group.LOOK, Task.FILES, "filter layers table kernels"),
  FILMSTRIP(Group.LOOK, Task.NETWORK, "filter layers table bars filmstrip"),
  SERVE(Group.LOOK, Task.NETWORK),
  SUMMARY(Group.UNDERSTAND, Task.FILES),
  EVALUATE(Group.UNDERSTAND, Task.STATISTIC),
  DEAD(Group.UNDERSTAND, Task.STATISTIC, "filter layers table histogram dead"),
  TOP(Group.UNDERSTAND, Task.STATISTIC, "filter layers table bars top"),
  ABLATE(Group.UNDERSTAND, Task.STATISTIC, "filter layers table bars ablate"),
  CAM(Group.UNDERSTAND, Task.NETWORK, "table cam"),
  PRUNE(Group.CHANGE, Task.NETWORK),
  EXPORT(Group.SHARE, Task.FILES),
  GENERATE_COMPLETION(Group.SHARE, Task.NOTHING),
  HELP(null, Task.NOTHING);

  /** What one comes to fmviz for: the groups in which the help lists the commands. */
  public enum Group {
    TRAIN("Train"),
    LOOK("Look"),
    UNDERSTAND("Understand"),
    CHANGE("Change"),
    SHARE("Share");

    private final String text;

    Group(String text) {
      this.text = text;
    }

    /** The group's commands. */
    public List<Subcommand> commands() {
      return Arrays.stream(Subcommand.values()).filter(each -> each.group == this).toList();
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** What a command does with a network. */
  private enum Task {
    /** Nothing: it tells of fmviz itself. */
    NOTHING,
    /** It reads its file, and runs it for some options at most. */
    FILES,
    /** It runs it, whatever the options are. */
    NETWORK,
    /** It runs it to gather a statistic, which a cluster can do part by part. */
    STATISTIC
  }

  private final Group group;
  private final Task task;
  private final String scripts;

  Subcommand(Group group, Task task) {
    this(group, task, "");
  }

  /**
   * A command whose folder has a page.
   *
   * @param group null where no group lists it
   * @param scripts of the page, of which the last shows it all
   */
  Subcommand(Group group, Task task, String scripts) {
    this.group = group;
    this.task = task;
    this.scripts = scripts;
  }

  /** The command of a name. */
  public static Optional<Subcommand> named(String name) {
    for (Subcommand each : values()) { // Before the engine is loaded: streams would take longer.
      if (each.toString().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Those that a cluster can carry out. */
  public static List<Subcommand> ofCluster() {
    return Arrays.stream(values()).filter(each -> each.task == Task.STATISTIC).toList();
  }

  /** The names of those whose folders have pages, sorted. */
  static List<String> withPages() {
    return Arrays.stream(values())
        .filter(each -> !each.scripts.isEmpty())
        .map(Subcommand::toString)
        .sorted()
        .toList();
  }

  /** Whether it runs a network, whatever its options are. */
  public boolean runsNetwork() {
    return task == Task.NETWORK || task == Task.STATISTIC;
  }

  /** Whether it tells of fmviz itself, wherever that is done. */
  public boolean isAboutFmviz() {
    return task == Task.NOTHING;
  }

  /** The page of its folder, if that has one. */
  public Optional<Page> page() {
    return scripts.isEmpty() ? Optional.empty() : Optional.of(new Page(scripts.split(" ", -1)));
  }

  /** Its name. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
