package io.fmviz;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;

/** The walls between the stations. CONTRIBUTING.md says what each station holds. */
@AnalyzeClasses(packages = "io.fmviz", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule BASE = imports("base");
  @ArchTest static final ArchRule DATASET = imports("dataset");
  @ArchTest static final ArchRule MODEL = imports("model");
  @ArchTest static final ArchRule TRAINING = imports("training", "model", "dataset", "runtime");
  @ArchTest static final ArchRule CHECKPOINT = imports("checkpoint", "model");
  @ArchTest static final ArchRule ANALYSIS = imports("analysis", "model", "forward");
  @ArchTest static final ArchRule FORWARD = importsNothing("forward");
  @ArchTest static final ArchRule IMAGE = imports("image");
  @ArchTest static final ArchRule REPORT = imports("report", "image");
  @ArchTest static final ArchRule RUNTIME = imports("runtime");

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
                      !c.getPackageName().startsWith("io.fmviz")
                          || resides(c, "cli", "pipeline", "base")
                          || isSetting(c)));

  @ArchTest
  static final ArchRule PICOCLI_STAYS_IN_CLI =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fmviz.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule DJL_STAYS_OUT =
      noClasses()
          .that()
          .resideInAnyPackage("io.fmviz.cli", "io.fmviz.image", "io.fmviz.report")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

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
    return ((c.isRecord() || c.isEnum()) && resides(c, "training", "image", "analysis", "runtime"))
        || c.getSimpleName().equals("DatasetChoice")
        || c.getSimpleName().equals("LayerSelection")
        || c.getSimpleName().equals("Split")
        || c.getSimpleName().equals("Terminal")
        || c.getSimpleName().equals("EngineLoader");
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
