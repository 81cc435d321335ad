package io.fmviz.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every fuzz target on its seeds, and on what fuzzing has found: files in {@code
 * src/test/resources/fuzz}, in a folder of the target's name.
 */
class FuzzTargetsTest {
  private static final Path FINDINGS = Path.of("src/test/resources/fuzz");

  @TestFactory
  Stream<DynamicTest> takesSeedsAndEarlierFindings() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (FuzzTarget target : FuzzTarget.all()) {
      for (byte[] seed : target.seeds().get()) {
        tests.add(test(target, "a seed of " + seed.length + " bytes", seed));
      }
      for (Path finding : findings(target.name())) {
        tests.add(test(target, finding.getFileName().toString(), Files.readAllBytes(finding)));
      }
    }
    return tests.stream();
  }

  private static List<Path> findings(String target) throws IOException {
    Path folder = FINDINGS.resolve(target);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static DynamicTest test(FuzzTarget target, String name, byte[] data) {
    return DynamicTest.dynamicTest(
        target.name() + ": " + name,
        () -> assertThatCode(() -> target.body().run(data)).doesNotThrowAnyException());
  }
}
