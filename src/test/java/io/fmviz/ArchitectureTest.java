package io.fmviz;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fmviz.dataset.Images;
import io.fmviz.network.NetworkKind;
import io.fmviz.network.torch.Classifier;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls between the stations. CONTRIBUTING.md says what each station holds. */
@AnalyzeClasses(packages = "io.fmviz", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule BASE = imports("base");
  @ArchTest static final ArchRule DATASET = imports("dataset");
  @ArchTest static final ArchRule MNIST = imports("dataset.mnist", "dataset");
  @ArchTest static final ArchRule DATASET_FILE = imports("dataset.file", "dataset");
  @ArchTest static final ArchRule DIGIT = imports("dataset.digit", "dataset.file", "dataset");
  @ArchTest static final ArchRule PHOTO = imports("dataset.photo", "dataset.file", "dataset");
  @ArchTest static final ArchRule NETWORK = imports("network", "dataset", "dataset.photo");

  @ArchTest
  static final ArchRule TORCH =
      imports(
          "network.torch",
          "network",
          "dataset",
          "dataset.photo",
          "forward",
          "checkpoint",
          "tensor",
          "runtime");

  @ArchTest
  static final ArchRule ONNX =
      imports(
          "network.onnx",
          "network.onnx.file",
          "network.onnx.graph",
          "network.onnx.engine",
          "network.onnx.layers",
          "network.onnx.run",
          "network.onnx.gradient",
          "network",
          "dataset",
          "dataset.photo");

  @ArchTest static final ArchRule ONNX_FILE = imports("network.onnx.file");
  @ArchTest static final ArchRule ONNX_GRAPH = imports("network.onnx.graph", "network.onnx.file");

  @ArchTest
  static final ArchRule ONNX_ENGINE =
      imports("network.onnx.engine", "network.onnx.file", "runtime");

  @ArchTest
  static final ArchRule ONNX_LAYERS =
      imports(
          "network.onnx.layers",
          "network.onnx.engine",
          "network.onnx.graph",
          "network.onnx.file",
          "network");

  @ArchTest
  static final ArchRule ONNX_RUN =
      imports(
          "network.onnx.run",
          "network.onnx.layers",
          "network.onnx.engine",
          "network.onnx.graph",
          "network.onnx.file",
          "network",
          "dataset");

  @ArchTest
  static final ArchRule ONNX_GRADIENT =
      imports(
          "network.onnx.gradient",
          "network.onnx.run",
          "network.onnx.layers",
          "network.onnx.engine",
          "network.onnx.graph",
          "network.onnx.file",
          "network");

  @ArchTest static final ArchRule FORWARD = importsNothing("forward");
  @ArchTest static final ArchRule TENSOR = imports("tensor");
  @ArchTest static final ArchRule CHECKPOINT = imports("checkpoint", "tensor");
  @ArchTest static final ArchRule PROBE = imports("probe", "network", "dataset");
  @ArchTest static final ArchRule ANALYSIS = imports("analysis", "network", "probe", "dataset");

  @ArchTest static final ArchRule CAM = imports("analysis.cam", "probe", "network");

  /** Whatever they are of. */
  @ArchTest
  static final ArchRule ANALYSIS_SEES_IMAGES_ONLY =
      noClasses()
          .that()
          .resideInAPackage("io.fmviz.analysis")
          .should()
          .dependOnClassesThat(
              describe(
                  "are of dataset, but no images",
                  c -> resides(c, "dataset") && !c.isEquivalentTo(Images.class)));

  @ArchTest
  static final ArchRule TRAINING =
      imports("training", "network", "network.torch", "dataset", "probe", "analysis", "runtime");

  @ArchTest static final ArchRule IMAGE = imports("image");
  @ArchTest static final ArchRule REPORT = imports("report", "image");
  @ArchTest static final ArchRule PAGE = imports("report.page", "report", "image");
  @ArchTest static final ArchRule RUNTIME = imports("runtime");

  @ArchTest
  static final ArchRule NO_CIRCLES = slices().matching("io.fmviz.(**)").should().beFreeOfCycles();

  /** No command's room sees another's, but that of the command which is both. */
  @ArchTest
  static final ArchRule ROOMS =
      slices()
          .matching("io.fmviz.pipeline.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAPackage("io.fmviz.pipeline.run"), resideInAPackage("io.fmviz.pipeline.."));

  /** What the rooms share knows none of them. */
  @ArchTest
  static final ArchRule SHARED_BY_ROOMS =
      noClasses()
          .that()
          .resideInAPackage("io.fmviz.pipeline")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fmviz.pipeline.*..");

  /** The live page knows everything but the command line, and nobody but that knows it. */
  @ArchTest
  static final ArchRule SERVE =
      noClasses()
          .that()
          .resideInAPackage("io.fmviz.serve")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fmviz.cli..");

  /** What programs call stands on what the command line stands on. */
  @ArchTest
  static final ArchRule LIBRARY =
      imports("library", "pipeline", "pipeline.visualize", "probe", "network", "dataset");

  /** HTTP alone, for whoever is let in by whatever. */
  @ArchTest static final ArchRule HTTP = importsNothing("serve.http");

  @ArchTest
  static final ArchRule SERVED_BY =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.fmviz.serve", "io.fmviz.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fmviz.serve");

  /**
   * Of the stations, the command line sees their settings only; and the console asks for a tty, and
   * the engine is loaded beside the parsing of options.
   */
  @ArchTest static final ArchRule CLI = seesSettings("cli", "cli.help", "cli.options", "serve");

  @ArchTest static final ArchRule CLI_OPTIONS = seesSettings("cli.options");

  /** Commands are told to it. */
  @ArchTest static final ArchRule CLI_HELP = imports("cli.help", "cli.options", "pipeline");

  private static ArchRule seesSettings(String room, String... others) {
    return classes()
        .that()
        .resideInAPackage("io.fmviz." + room)
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are pipelines, settings, not ours, or of " + Arrays.toString(others),
                c ->
                    !c.getPackageName().startsWith("io.fmviz")
                        || c.getPackageName().startsWith("io.fmviz.pipeline")
                        || resides(c, room, "base")
                        || resides(c, others)
                        || isSetting(c)));
  }

  @ArchTest
  static final ArchRule PICOCLI_STAYS_IN_CLI =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.fmviz.cli", "io.fmviz.cli.help", "io.fmviz.cli.options")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  /** The download of datasets is DJL's, and a training needs a manager of its arrays. */
  @ArchTest
  static final ArchRule DJL_STAYS_IN =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.fmviz.network.torch",
              "io.fmviz.forward",
              "io.fmviz.training",
              "io.fmviz.runtime",
              "io.fmviz.pipeline.train")
          .and()
          .haveNameNotMatching("io\\.fmviz\\.dataset\\.mnist\\.DatasetDownload.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  /** Other stations see a network, whatever its file is written in and whatever runs it. */
  @ArchTest
  static final ArchRule ONNX_STAYS_IN =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fmviz.network.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..", "ai.onnx..", "com.google.protobuf..");

  /** The rooms of ONNX are its own; others see its face. */
  @ArchTest
  static final ArchRule ONNX_HAS_A_FACE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fmviz.network.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fmviz.network.onnx.*..");

  /** ONNX Runtime is behind the engine, and where a session runs. */
  @ArchTest
  static final ArchRule ONNX_RUNTIME_STAYS_IN =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.fmviz.network.onnx.engine", "io.fmviz.network.onnx.run")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  /** Who opens a network asks for its kind. */
  @ArchTest
  static final ArchRule KINDS_ARE_LISTED_ONCE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.fmviz.pipeline.NetworkKinds")
          .should()
          .dependOnClassesThat(
              describe(
                  "are a kind of network, not their interface",
                  c -> c.isAssignableTo(NetworkKind.class) && !c.isInterface()))
          .as("kinds of network should be known by their list only");

  /** Everything else sees a network. */
  @ArchTest
  static final ArchRule THE_CLASSIFIER_STAYS_IN =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.fmviz.network.torch", "io.fmviz.training", "io.fmviz.pipeline.train")
          .should()
          .dependOnClassesThat(equivalentTo(Classifier.class));

  private static final Path CLI_SOURCES = Path.of("src", "main", "java", "io", "fmviz", "cli");

  /** What options are called, the command line alone knows. */
  @Test
  void namesOfOptionsStayInCli() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      assertThat(
              sources
                  .filter(file -> file.toString().endsWith(".java"))
                  .filter(file -> !file.startsWith(CLI_SOURCES))
                  .flatMap(ArchitectureTest::strings)
                  .filter(text -> text.matches("(?s).*(^|[^-\\w])--[a-z].*")))
          .isEmpty();
    }
  }

  /** What a message calls a setting reaches people as an option only where it is marked. */
  @Test
  void settingsInMessagesAreMarked() throws IOException {
    Pattern unmarked = Pattern.compile("(?<!named\\(\\s{0,60})\"[^\"\\n]*\\{[a-z][A-Za-z]*}");
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      assertThat(
              sources
                  .filter(file -> file.toString().endsWith(".java"))
                  .filter(file -> !file.startsWith(CLI_SOURCES.resolve("help"))) // a template's
                  .filter(file -> unmarked.matcher(withoutComments(file)).find()))
          .as("sources with a {setting} in a string that is not in Settings.named(...)")
          .isEmpty();
    }
  }

  private static String withoutComments(Path file) {
    try {
      return Files.readString(file).replaceAll("(?m)^ *(/\\*|\\*|//).*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The string literals of a source. */
  private static Stream<String> strings(Path file) {
    try {
      return Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"")
          .matcher(Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|'\"'", ""))
          .results()
          .map(found -> file.getFileName() + ": " + found.group());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Java2D can't draw text where there is no fontconfig: BitmapFont does. What that lacks, letters
   * beyond ASCII, SystemFont alone asks Java2D for, and does without it where it can't.
   */
  @ArchTest
  static final ArchRule NO_TEXT_BY_JAVA2D =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.fmviz.image.SystemFont")
          .should()
          .dependOnClassesThat(
              describe(
                  "draw text",
                  c ->
                      List.of("java.awt.Font", "java.awt.Graphics", "java.awt.Graphics2D")
                          .contains(c.getName())));

  @ArchTest
  static final ArchRule ONE_EXIT =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.fmviz\\.(cli|spark)\\.Main")
          .should()
          .callMethod(System.class, "exit", int.class);

  /** So that it is done too where the JVM doesn't shut down: at Ctrl-C while an engine works. */
  @ArchTest
  static final ArchRule ONE_HOOK =
      noClasses()
          .that()
          .doNotHaveSimpleName("ShutdownHooks")
          .should()
          .callMethod(Runtime.class, "addShutdownHook", Thread.class)
          .orShould()
          .callMethod(File.class, "deleteOnExit");

  private static boolean isSetting(JavaClass c) {
    return ((c.isRecord() || c.isEnum())
            && resides(
                c,
                "training",
                "image",
                "analysis",
                "analysis.cam",
                "network",
                "probe",
                "dataset.photo"))
        || c.getSimpleName().equals("Topology")
        || c.getSimpleName().equals("ClassifierWidths")
        || c.getSimpleName().equals("DatasetChoice")
        || c.getSimpleName().equals("Split")
        || c.getSimpleName().equals("CacheFolder")
        || c.getSimpleName().equals("Terminal")
        || c.getSimpleName().equals("EngineLoader")
        || c.getSimpleName().equals("Interruption");
  }

  private static boolean resides(JavaClass c, String... stations) {
    return Arrays.stream(stations).anyMatch(s -> c.getPackageName().equals("io.fmviz." + s));
  }

  /** A station that may import the given ones of ours, and what all lean on. */
  private static ArchRule imports(String station, String... others) {
    return classes()
        .that()
        .resideInAPackage("io.fmviz." + station)
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are not ours, or of " + Arrays.toString(others),
                c ->
                    !c.getPackageName().startsWith("io.fmviz")
                        || resides(c, station, "base")
                        || resides(c, others)));
  }

  /** A station that stands on its own. */
  private static ArchRule importsNothing(String station) {
    return classes()
        .that()
        .resideInAPackage("io.fmviz." + station)
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are not ours",
                c -> !c.getPackageName().startsWith("io.fmviz") || resides(c, station)));
  }
}
