package io.fmviz;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.fmviz.network.torch.Classifier;
import java.util.Arrays;
import java.util.List;

/** The walls between the stations. CONTRIBUTING.md says what each station holds. */
@AnalyzeClasses(packages = "io.fmviz", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final List<String> SETTINGS_OF_THE_RUNTIME = List.of("Terminal", "EngineLoader");

  /** The rooms of commands. */
  private static final String COMMANDS = "io.fmviz.pipeline.";

  @ArchTest static final ArchRule BASE = imports("base");
  @ArchTest static final ArchRule RUNTIME = imports("runtime");
  @ArchTest static final ArchRule FORWARD = importsNothing("forward");
  @ArchTest static final ArchRule TENSOR = imports("tensor");
  @ArchTest static final ArchRule CHECKPOINT = imports("checkpoint", "tensor");
  @ArchTest static final ArchRule DATASET = imports("dataset");
  @ArchTest static final ArchRule NETWORK = imports("network", "dataset");

  @ArchTest
  static final ArchRule NETWORK_TORCH =
      imports("network.torch", "network", "dataset", "forward", "checkpoint", "tensor", "runtime");

  @ArchTest static final ArchRule PROBE = imports("probe", "network", "dataset");

  /** Of datasets it sees the images, whatever they are of. */
  @ArchTest
  static final ArchRule ANALYSIS =
      classes()
          .that()
          .resideInAPackage("io.fmviz.analysis")
          .should()
          .onlyDependOnClassesThat(
              describe(
                  "are not ours, or of network, probe, or images",
                  c ->
                      !isOurs(c)
                          || resides(c, "analysis", "network", "probe", "base")
                          || c.getName().equals("io.fmviz.dataset.Images")));

  /** Its test pass is the probe's loop, and what it counts is analysis's. */
  @ArchTest
  static final ArchRule TRAINING =
      imports("training", "network.torch", "network", "dataset", "runtime", "probe", "analysis");

  @ArchTest static final ArchRule IMAGE = imports("image");
  @ArchTest static final ArchRule REPORT = imports("report", "image");

  /** What commands share knows every station, but none of the commands. */
  @ArchTest
  static final ArchRule PIPELINE =
      noClasses()
          .that()
          .resideInAPackage("io.fmviz.pipeline")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fmviz.pipeline.*..", "io.fmviz.cli..");

  /** Each command has a room of its own; run is two others, one after the other. */
  @ArchTest
  static final ArchRule COMMAND_ROOMS =
      classes()
          .that()
          .resideInAPackage("io.fmviz.pipeline.*..")
          .should(
              new ArchCondition<>("keep to their own room") {
                @Override
                public void check(JavaClass c, ConditionEvents events) {
                  c.getDirectDependenciesFromSelf().stream()
                      .filter(d -> !mayDepend(c, d.getTargetClass()))
                      .forEach(
                          d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
                }
              });

  private static boolean mayDepend(JavaClass from, JavaClass to) {
    boolean otherRoom =
        to.getPackageName().startsWith(COMMANDS)
            && !to.getPackageName().equals(from.getPackageName());
    return !resides(to, "cli")
        && (!otherRoom
            || (resides(from, "pipeline.run")
                && resides(to, "pipeline.train", "pipeline.visualize")));
  }

  /**
   * Of the stations, the command line sees their settings only; and the console asks for a tty, and
   * the engine is loaded beside the parsing of options.
   */
  @ArchTest
  static final ArchRule CLI =
      classes()
          .that()
          .resideInAPackage("io.fmviz.cli")
          .should()
          .onlyDependOnClassesThat(
              describe(
                  "are pipelines, settings, or not ours",
                  c ->
                      !isOurs(c)
                          || resides(c, "cli", "pipeline", "base")
                          || c.getPackageName().startsWith(COMMANDS)
                          || isSetting(c)));

  @ArchTest
  static final ArchRule NO_CIRCLES = slices().matching("io.fmviz.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PICOCLI_STAYS_IN_CLI =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fmviz.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  /** And in what reads MNIST from DJL's repository, and in the command that trains. */
  @ArchTest
  static final ArchRule DJL_STAYS_WHERE_NETWORKS_RUN =
      noClasses()
          .that(
              describe(
                  "run no network",
                  c ->
                      !resides(
                              c,
                              "network.torch",
                              "forward",
                              "training",
                              "runtime",
                              "pipeline.train")
                          && !c.getName().startsWith("io.fmviz.dataset.DatasetDownload")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  /** All others see a network, whichever it is. */
  @ArchTest
  static final ArchRule THE_CLASSIFIER_IS_TRAINED_AND_PRUNED_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.fmviz.network.torch",
              "io.fmviz.training",
              "io.fmviz.pipeline.train",
              "io.fmviz.pipeline.prune")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Classifier.class);

  /** Java2D can't draw text where there is no fontconfig: BitmapFont does. */
  @ArchTest
  static final ArchRule NO_TEXT_BY_JAVA2D =
      noClasses()
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
          .doNotHaveFullyQualifiedName("io.fmviz.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class);

  private static boolean isSetting(JavaClass c) {
    return ((c.isRecord() || c.isEnum())
            && resides(c, "training", "image", "analysis", "network", "probe", "dataset"))
        || (resides(c, "runtime") && SETTINGS_OF_THE_RUNTIME.contains(c.getSimpleName()));
  }

  private static boolean isOurs(JavaClass c) {
    return c.getPackageName().startsWith("io.fmviz");
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
                c -> !isOurs(c) || resides(c, station, "base") || resides(c, others)));
  }

  /** A station that stands on its own. */
  private static ArchRule importsNothing(String station) {
    return classes()
        .that()
        .resideInAPackage("io.fmviz." + station)
        .should()
        .onlyDependOnClassesThat(describe("are not ours", c -> !isOurs(c) || resides(c, station)));
  }
}
