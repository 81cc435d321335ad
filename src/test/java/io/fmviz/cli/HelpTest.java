package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.cli.help.HelpPages;
import io.fmviz.pipeline.Subcommand;
import io.fmviz.pipeline.Subcommand.Group;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
  private static final String SUMMARY =
      """
      fmviz shows what a convolutional network sees: its feature maps, as pictures.

      %s
      Examples
        fmviz visualize --model net.onnx --image cat.jpg  your network's feature maps
        fmviz serve --model net.onnx                      the same, in the browser
        fmviz run --epochs 3                              train one, draw its maps

      fmviz help COMMAND lists a command's options.

      fmviz: a command is missing (see fmviz --help)
      """
          .formatted(
              Stream.of(Group.values())
                  .map(
                      group ->
                          "%-12s%s\n"
                              .formatted(
                                  group,
                                  group.commands().stream()
                                      .map(Subcommand::toString)
                                      .collect(Collectors.joining(", "))))
                  .collect(Collectors.joining()));

  private static final String PAGE_OF_EXPORT =
      """
      Usage: fmviz export --to=FILE [OPTIONS]
      Writes a checkpoint for PyTorch or NumPy, as safetensors, or as an ONNX model.

            --checkpoint=NAME   A name in the model folder, such as epoch_0, or a
                                  file: safetensors, PyTorch's pth or NumPy's npz
                                  (default: the one written last).
            --model-dir=DIR     The folder of checkpoints (default: save_model).

      Output
            --to=FILE           The file to write; its name tells the format: .pth or
                                  .pt (PyTorch's state dict), .safetensors, .npz
                                  (NumPy), or .onnx (an ONNX model, which has the
                                  classifier's layers and says how pictures are read).
            --force             Write even where files are: those of the same name
                                  are replaced, all others stay.

      Everywhere
        -h, --help              Show this help, and do nothing else.
        -V, --version           Show the versions of fmviz, DJL and PyTorch, and do
                                  nothing else.
            --json              Print the result as one JSON object on standard
                                  output, and nothing else there.
            --quiet             Print no progress; results, warnings and errors only.
            --verbose           Also print what a result only counts, the engine's
                                  log, and stack traces of errors.

      Exit codes
        0   done
        1   failed
        2   wrong usage
      """;

  private static String lines(String text) {
    return text.replace(System.lineSeparator(), "\n");
  }

  private static String page(String command) {
    Typed typed = Typed.fmviz(command + " --help");
    assertThat(typed.exit()).isZero();
    assertThat(typed.err()).isEmpty();
    return typed.out();
  }

  static Stream<String> commands() {
    return Stream.of(Subcommand.values()).map(Subcommand::toString);
  }

  static Stream<CommandSpec> models() {
    return AllCommands.line().getSubcommands().values().stream().map(CommandLine::getCommandSpec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--quiet --verbose"})
  void withoutACommandTheCommandsAreShownOnStandardError(String line) {
    Typed typed = Typed.fmviz(line);
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(lines(typed.err())).isEqualTo(SUMMARY);
  }

  @Test
  void withoutAWordTheCommandsAreShownToo() {
    Typed typed = Typed.fmviz(Path.of("."));
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(lines(typed.err())).isEqualTo(SUMMARY);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpIsTheSamePageHoweverItIsAskedFor(String command) {
    String page = AllCommands.help().made(command, false);
    assertThat(page).startsWith("Usage: fmviz " + command);
    assertThat(HelpPages.written(command, false)).isEqualTo(page);
    for (String line :
        List.of(
            command + " -h",
            "help " + command,
            "--quiet help " + command,
            command + " --json --help")) {
      assertThat(Typed.fmviz(line)).as(line).isEqualTo(new Typed(0, page, ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help", "help", "--quiet help", "--json --help"})
  void helpOfFmvizItselfIsThePageOfTheCommands(String line) {
    String page = AllCommands.help().made("", false);
    assertThat(page).startsWith("Usage: fmviz [OPTIONS] COMMAND");
    assertThat(Typed.fmviz(line)).isEqualTo(new Typed(0, page, ""));
  }

  @Test
  void helpAsJsonIsThePageToo() {
    assertThat(Typed.fmviz("help top --json").json().get("help").getAsString())
        .isEqualTo(AllCommands.help().made("top", false));
  }

  @Test
  void noHelpIsWrittenDownForUnknownCommands() {
    assertThat(HelpPages.written("no", false)).isNull();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void colouredHelpSaysTheSame(String command) {
    String page = AllCommands.help().text(command, true);
    assertThat(page).contains("\u001b[1mEverywhere");
    assertThat(page.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(AllCommands.help().text(command, false));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsATerminal(String command) {
    assertThat(page(command).lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void helpOfACommandIsItsOwnOptionsFirstAndThoseOfAllLast() {
    assertThat(lines(page("export"))).isEqualTo(PAGE_OF_EXPORT);
  }

  @ParameterizedTest
  @CsvSource({
    "train, Training Images Engine Everywhere",
    "run, Training Images Layers Drawing Output Engine Everywhere",
    "visualize, Images Preprocessing Layers Drawing Output Engine Everywhere",
    "top, Images Preprocessing Layers Drawing Output Engine Everywhere",
    "evaluate, Images Preprocessing Output Engine Everywhere",
    "serve, Images Preprocessing Server Engine Everywhere",
    "export, Output Everywhere",
    "generate-completion, Everywhere"
  })
  void optionsStandUnderHeadings(String command, String headings) {
    assertThat(page(command).lines().filter(line -> line.matches("[A-Z][a-z]+")))
        .containsExactly(headings.split(" ", -1));
  }

  @Test
  void commandsStandInGroups() {
    List<String> headed = new ArrayList<>();
    for (Group group : Group.values()) {
      headed.add(group.toString());
      group.commands().forEach(command -> headed.add(command.toString()));
    }
    headed.addAll(List.of("Everywhere", "Examples"));
    assertThat(
            page("")
                .lines()
                .filter(line -> line.matches("[A-Z][a-z]+|  [a-z].* {2}[A-Z].*"))
                .map(line -> line.strip().replaceFirst(" .*", "")))
        .containsExactlyElementsOf(headed);
  }

  @Test
  void everyCommandButHelpIsInAGroup() {
    assertThat(Stream.of(Group.values()).flatMap(group -> group.commands().stream()))
        .containsExactlyElementsOf(
            Stream.of(Subcommand.values()).filter(each -> each != Subcommand.HELP).toList());
  }

  /** Those that mean another thing in each command have their own declarations. */
  @Test
  void whatSeveralCommandsTakeIsDeclaredOnce() {
    Map<String, TreeSet<String>> places = new TreeMap<>();
    models()
        .flatMap(model -> model.options().stream())
        .forEach(
            option ->
                places
                    .computeIfAbsent(option.longestName(), name -> new TreeSet<>())
                    .add(option.userObject().toString()));
    places.remove("--model"); // also declared where it is refused
    places.values().removeIf(declarations -> declarations.size() == 1);
    assertThat(places.keySet()).containsExactly("--below", "--index", "--input", "--to");
  }

  @ParameterizedTest
  @MethodSource("models")
  void helpShowsEveryOptionsDefaultAndValues(CommandSpec command) {
    for (OptionSpec option : command.options()) {
      if (option.hidden()) {
        continue;
      }
      String text = String.join(" ", option.description());
      assertThat(text).as(option.longestName()).endsWith(".").doesNotContain("null");
      if (!option.typeInfo().isBoolean() && !option.required()) {
        assertThat(text).as(option.longestName()).containsPattern("\\(default: .+\\)\\.$");
      }
      if (option.completionCandidates() != null) {
        option.completionCandidates().forEach(value -> assertThat(text).contains(value));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train, --epochs, 1",
    "train, --lr, 0.001",
    "train, --batch-size, 64",
    "train, --test-batch-size, 32",
    "train, --base-channels, 32",
    "train, --device, auto",
    "train, --dataset, auto",
    "train, --data, data",
    "train, --model-dir, save_model",
    "visualize, --start, 1",
    "visualize, --out, save_image",
    "visualize, --nrow, '8 for the classifier, auto for others'",
    "visualize, --scale, '1 for the classifier without --label, else auto'",
    "visualize, --normalize, 'none for the classifier, layer for others'",
    "run, --normalize, none",
    "run, --colormap, gray",
    "visualize, --padding, 2",
    "visualize, --pad-value, 0.5",
    "visualize, --layers, all that have maps",
    "run, --epochs, 1",
    "run, --out, save_image",
    "compare, --out, save_image/compare",
    "compare, --scale, '2 for the classifier, auto for others'",
    "compare, --colormap, viridis",
    "kernels, --colormap, coolwarm",
    "compare, --layers, 'the activations, such as ReLU'",
    "kernels, --scale, 6",
    "kernels, --normalize, layer",
    "prune, --out, save_image/prune",
    "summary, --checkpoint, 'the one written last, or an untrained network if there is none'",
    "evaluate, --checkpoint, the one written last"
  })
  void hasTheDocumentedDefaults(String command, String option, String value) {
    assertThat(page(command).replaceAll("\\s+", " "))
        .containsPattern(option + "=[A-Z]+\\S* (?:(?! --).)*\\(default: " + value + "\\)\\.( |$)");
  }
}
