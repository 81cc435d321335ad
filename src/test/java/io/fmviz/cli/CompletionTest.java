package io.fmviz.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fmviz.cli.help.Completion;
import io.fmviz.pipeline.Subcommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completes every option of every command in the shells themselves. */
class CompletionTest {
  /** What options take by name, as their help says. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          entry("--dataset", "auto mnist fashion-mnist synthetic"),
          entry("--split", "train test"),
          entry("--fit", "crop stretch letterbox digit"),
          entry("--interpolation", "bilinear bicubic nearest lanczos box hamming"),
          entry("--channel-order", "rgb bgr gray"),
          entry("--layout", "nchw nhwc"),
          entry("--normalize", "none map layer"),
          entry("--colormap", "gray viridis magma coolwarm auto"),
          entry("--target-reduce", "max sum"),
          entry("--method", "cam ablation gradcam gradcam++ layercam hirescam mean max eigen"),
          entry("--capture", "output input"),
          entry("--format", "png npy npz"),
          entry("--sort", "channel activity"),
          entry("--reduce", "none mean max-abs rgb"),
          entry("--device", "auto cpu gpu cuda"),
          entry("--nrow", "auto"),
          entry("--input-size", "auto"),
          entry("--scale", "auto"),
          entry("--mean", "imagenet half none"),
          entry("--std", "imagenet half none"));

  private static final Set<String> FILES =
      Set.of("--image", "--model", "--class-names", "--preprocess", "--logits", "--to");
  private static final Set<String> FOLDERS = Set.of("--data", "--out", "--model-dir");

  private static final String EVERYWHERE = "--help --version --json --quiet --verbose";

  /** A shell, and how its completion calls the script's function. */
  private enum Shell {
    BASH(
        """
        source "$1"
        complete -p fmviz | grep -q _complete_fmviz || exit 9
        while IFS= read -r line; do
          IFS='|' read -ra COMP_WORDS <<<"$line."
          COMP_WORDS[${#COMP_WORDS[@]}-1]=${COMP_WORDS[${#COMP_WORDS[@]}-1]%.}
          COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
          _complete_fmviz
          (IFS='|'; echo "${COMPREPLY[*]}")
        done
        """),
    /** The steps of zsh's own _bash_complete, outside of its line editor. */
    ZSH(
        """
        autoload -Uz compinit && compinit -u -D
        source "$1"
        [[ ${_comps[fmviz]} == *_complete_fmviz* ]] || exit 9
        while IFS= read -r line; do
          words=("${(@s:|:)line}")
          CURRENT=$#words
          COMP_WORDS=("${words[@]}")
          COMP_CWORD=$((CURRENT - 1))
          found=("${(@f)$(compgen -o filenames -F _complete_fmviz -- "${words[CURRENT]}")}")
          print -r -- "${(j:|:)found}"
        done
        """);

    private final String driver;

    Shell(String driver) {
      this.driver = driver;
    }

    private String program() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    private boolean isHere() {
      return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, program())));
    }
  }

  @TempDir private Path folder;

  @BeforeEach
  void putFilesThere() throws IOException {
    Files.createDirectories(folder.resolve("work/a folder"));
    Files.createFile(folder.resolve("work/a folder/inside.png"));
    Files.createFile(folder.resolve("work/cat.jpg"));
    Files.createDirectory(folder.resolve("work/save_model"));
    Files.createFile(folder.resolve("work/save_model/epoch_0.safetensors"));
    Files.createFile(folder.resolve("work/save_model/epoch_0.optimizer.safetensors"));
  }

  /** What a shell offers for command lines, given by their words with {@code |} between them. */
  private Map<String, String> complete(Shell shell, List<String> lines)
      throws IOException, InterruptedException {
    assumeTrue(shell.isHere(), shell.program() + " is not installed: its completion is not tested");
    Path script =
        Files.writeString(folder.resolve("completion"), Completion.script(AllCommands.line()));
    Path input = Files.write(folder.resolve("lines"), lines);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(shell.program(), "-c", shell.driver, shell.program(), script.toString())
            .directory(folder.resolve("work").toFile())
            .redirectInput(input.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("ZDOTDIR", folder.toString());
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(err).isEmptyFile();
    assertThat(process.exitValue()).isZero();
    List<String> offered = Files.readAllLines(out);
    assertThat(offered).hasSameSizeAs(lines);
    Map<String, String> completed = new LinkedHashMap<>();
    for (int i = 0; i < offered.size(); i++) {
      completed.put(lines.get(i), offered.get(i).strip().replaceAll("\\|+$", ""));
    }
    return completed;
  }

  private static List<CommandSpec> commands() {
    return AllCommands.line().getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .toList();
  }

  private static String offered(CommandSpec command, OptionSpec option) {
    String name = option.longestName();
    if (option.arity().min() == 0) {
      return command.name().equals("help") ? names() : options(command);
    }
    if (name.equals("--checkpoint")) {
      return "epoch_0|a folder|cat.jpg|save_model";
    }
    if (FILES.contains(name)) {
      return "a folder|cat.jpg|save_model";
    }
    return FOLDERS.contains(name)
        ? "a folder|save_model"
        : WORDS.getOrDefault(name, "").replace(' ', '|');
  }

  private static String names() {
    return names("");
  }

  private static String names(String beginning) {
    return Stream.of(Subcommand.values())
        .map(Subcommand::toString)
        .filter(name -> name.startsWith(beginning))
        .collect(Collectors.joining("|"));
  }

  private static String options(CommandSpec command) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        names.add(option.longestName());
        if (option.longestName().equals("--invert")) {
          names.add("--no-invert");
        }
      }
    }
    return String.join("|", names);
  }

  @ParameterizedTest
  @EnumSource
  void everyOptionOfEveryCommandIsOfferedWhatItTakes(Shell shell)
      throws IOException, InterruptedException {
    Map<String, String> expected = new LinkedHashMap<>();
    for (CommandSpec command : commands()) {
      for (OptionSpec option : command.options()) {
        if (!option.hidden()) {
          String line = "fmviz|" + command.name() + "|" + option.longestName() + "|";
          expected.put(line, offered(command, option));
        }
      }
    }
    assertThat(expected).hasSizeGreaterThan(300);
    assertThat(complete(shell, List.copyOf(expected.keySet())))
        .containsExactlyInAnyOrderEntriesOf(expected);
  }

  @ParameterizedTest
  @EnumSource
  void commandsOptionsAndHalfWordsAreCompleted(Shell shell)
      throws IOException, InterruptedException {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("fmviz|", names());
    expected.put("fmviz|e", names("e"));
    expected.put("fmviz|--quiet|tr", names("tr"));
    expected.put("fmviz|-", EVERYWHERE.replace(' ', '|'));
    expected.put("fmviz|help|c", names("c"));
    expected.put("fmviz|visualize|--no-", "--no-invert|--no-html");
    expected.put("fmviz|visualize|--dataset|m", "mnist");
    expected.put("fmviz|visualize|--dataset|mnist|--ind", "--index");
    expected.put("fmviz|visualize|--format|png,n", "png,npy|png,npz");
    expected.put("fmviz|visualize|--image|a folder/", "a folder/inside.png");
    expected.put("fmviz|visualize|--image|cat.jpg|a", "a folder");
    expected.put("fmviz|visualize|--image|cat.jpg|--samp", "--samples");
    expected.put("fmviz|evaluate|--checkpoint|ep", "epoch_0");
    expected.put("fmviz|cam|--colormap|gray|--method|e", "eigen");
    // As zsh has the words of a line, and as bash has them.
    expected.put("fmviz|visualize|--dataset=m", "--dataset=mnist");
    expected.put("fmviz|visualize|--out=a", "--out=a folder");
    expected.put("fmviz|visualize|--dataset|=|m", "mnist");
    expected.put("fmviz|visualize|--dataset|=", WORDS.get("--dataset").replace(' ', '|'));
    assertThat(complete(shell, List.copyOf(expected.keySet()))).containsExactlyEntriesOf(expected);
  }
}
