package io.fmviz.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The wall around what knows Spark. The other walls are ArchitectureTest's. */
class SparkWallTest {
  private static JavaClasses ours;

  @BeforeAll
  static void read() throws Exception {
    // Names are enough; reading what Spark is made of would take a minute.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    Path classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ours = new ClassFileImporter().importPath(classes);
    ArchConfiguration.get().reset();
  }

  @Test
  void nobodyElseKnowsSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fmviz.spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fmviz.spark..", "org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(ours);
  }

  /** It sends what the stations have: what it is, and what becomes of it, it doesn't know. */
  @Test
  void drawsTrainsAndCountsNothingItself() {
    noClasses()
        .that()
        .resideInAPackage("io.fmviz.spark")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fmviz.analysis..",
            "io.fmviz.image..",
            "io.fmviz.training..",
            "io.fmviz.pipeline.*..",
            "picocli..",
            "ai.djl..",
            "ai.onnxruntime..")
        .check(ours);
  }

  @Test
  void hadoopsFilesAreALibraryOfTheirOwn() {
    classes()
        .that()
        .resideInAPackage("io.fmviz.spark.files")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.fmviz.spark.files", "org.apache.hadoop..", "java..")
        .check(ours);
  }
}
