package io.fmviz.jar;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Utils;
import io.fmviz.jar.PackagedJar.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where fmviz is started: locales, homes, terminals, and what its output leads to. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "locales, /dev/full and script are Linux's here")
class SurroundingsIT {
  private static final String[] TRAIN = {
    "train", "--dataset=synthetic", "--limit-train=640", "--limit-test=10", "--threads=1"
  };

  @TempDir private Path folder;

  /** Runs the jar from a script of bash's, in which it is {@code "$@"}. */
  private Run bash(Map<String, String> environment, String script, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.addAll(
        PackagedJar.command(PackagedJar.JAVA, PackagedJar.FILE.toAbsolutePath(), arguments));
    return PackagedJar.run(folder, environment, command);
  }

  private List<String> entries() throws Exception {
    return Arrays.asList(bash(Map.of("LC_ALL", "C"), "ls -bA").out().split("\n", -1));
  }

  private static void assertNamesTheLocale(Run run) {
    assertThat(run.err())
        .matches(
            "fmviz: Java can't name .* in this locale, which knows ASCII only: set LANG=C\\.UTF-8,"
                + " and unset LC_ALL\\R");
    assertThat(run.out()).isEmpty();
    assertThat(run.exit()).isEqualTo(1);
  }

  @Test
  void nothingIsWrittenWhereTheLocaleCannotNameThePath() throws Exception {
    Map<String, String> posix = Map.of("LC_ALL", "C");
    String in = "mkdir $'\\303\\234bung' && cd $'\\303\\234bung' && \"$@\"";
    assertNamesTheLocale(bash(posix, in, TRAIN));
    assertNamesTheLocale(bash(posix, "\"$@\" $'--model-dir=\\303\\234'", TRAIN));
    assertNamesTheLocale(bash(posix, "\"$@\" $'\\303\\234.pth'", "summary", "--checkpoint"));
    String pictures = "mkdir pics && touch $'pics/\\303\\251.png' && \"$@\"";
    assertThat(PackagedJar.run(folder, TRAIN).exit()).isZero();
    assertNamesTheLocale(bash(posix, pictures, "visualize", "--image=pics"));
    assertThat(entries()).containsExactly("pics", "save_model", "\\303\\234bung", "");
  }

  @Test
  void whatTheLocaleCanNameIsWritten() throws Exception {
    String in =
        "mkdir $'\\303\\234bung' && cd $'\\303\\234bung' && \"$@\" $'--model-dir=\\303\\251'";
    Run run = bash(Map.of("LC_ALL", "C.UTF-8"), in, TRAIN);
    assertThat(run.exit()).as(run.err()).isZero();
    Run listed = bash(Map.of(), "ls -b $'\\303\\234bung/\\303\\251/epoch_0.safetensors'");
    assertThat(listed.exit()).isZero();
  }

  @Test
  void withoutAHomeNothingIsMadeInTheWorkingFolder() throws Exception {
    Map<String, String> cache = Map.of("DJL_CACHE_DIR", Utils.getCacheDir().toString());
    List<String> command =
        PackagedJar.command(PackagedJar.JAVA, PackagedJar.FILE.toAbsolutePath(), TRAIN);
    command.add(1, "-Duser.home=?");
    Run run = PackagedJar.run(folder, cache, command);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(entries()).containsExactly("save_model", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"summary --quiet", "summary --json --quiet", "--help", "--version"})
  void aFullDiskUnderStandardOutputIsAFailureAndAClosedPipeASilentOne(String line)
      throws Exception {
    String[] arguments = line.split(" ", -1);
    Run full = bash(Map.of(), "\"$@\" > /dev/full", arguments);
    assertThat(full.err())
        .isEqualTo("fmviz: cannot write standard output: No space left on device\n");
    assertThat(full.exit()).isEqualTo(1);
    Run closed = bash(Map.of(), "\"$@\" | true; exit ${PIPESTATUS[0]}", arguments);
    assertThat(closed.err()).isEmpty();
    assertThat(closed.exit()).isEqualTo(1);
  }

  @Test
  void trainingEndsWhenItsResultsCannotBeWritten() throws Exception {
    Run full = bash(Map.of(), "\"$@\" --epochs=50 > /dev/full", TRAIN);
    assertThat(full.err())
        .isEqualTo("fmviz: cannot write standard output: No space left on device\n");
    assertThat(full.exit()).isEqualTo(1);
  }

  @Test
  void aFullDiskUnderStandardErrorChangesNothing() throws Exception {
    Run run = bash(Map.of(), "\"$@\" 2> /dev/full", TRAIN);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("total time ");
  }

  /** What a terminal gets that is so wide. */
  private String terminal(Map<String, String> environment, int columns, String... arguments)
      throws Exception {
    String script =
        "printf -v run '%q ' \"$@\"; script -qec \"stty cols " + columns + "; $run\" /dev/null";
    Run run = bash(environment, script, arguments);
    assertThat(run.exit()).as(run.out()).isZero();
    return run.out();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80})
  void progressIsOneLineThatFitsTheTerminal(int columns) throws Exception {
    String said = terminal(Map.of("TERM", "xterm"), columns, TRAIN);
    List<String> drawn = Arrays.stream(said.split("\r\n|\r", -1)).toList();
    assertThat(drawn)
        .filteredOn(line -> line.matches("epoch 0 .*\\d+/.*|\\s*"))
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.length() < columns);
    assertThat(said.split("\n", -1)).hasSize(4);
  }

  @Test
  void aDumbTerminalGetsPlainLines() throws Exception {
    Map<String, String> dumb = Map.of("TERM", "dumb");
    assertThat(terminal(dumb, 80, TRAIN).replace("\r\n", "\n")).doesNotContain("\r", "\u001b");
    for (String line : List.of("--help", "help train", "train --quiet --help")) {
      assertThat(terminal(dumb, 80, line.split(" ", -1))).doesNotContain("\u001b");
    }
  }
}
