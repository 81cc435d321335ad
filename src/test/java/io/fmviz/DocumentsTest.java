package io.fmviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents: where their links lead, how long the README is, which packages are described. */
class DocumentsTest {
  private static final Path DOCS = Path.of("src", "docs");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\\n]*`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\s*\\(([^)\\s]+)\\)");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\|([^|]+)\\|");
  private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

  /** All documents that are read by people. */
  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.list(DOCS)) {
      return Stream.concat(
              Stream.of(
                  Path.of("README.md"),
                  Path.of("CONTRIBUTING.md"),
                  Path.of("scripts", "bench", "RESULTS.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** What a document links to, without what only looks like a link in code. */
  private static List<String> links(String text) {
    String prose = CODE.matcher(text).replaceAll("code");
    return LINK.matcher(prose).results().map(link -> link.group(1)).toList();
  }

  /** The anchors that GitHub makes of a document's headings. */
  private static Set<String> anchors(String text) {
    Map<String, Integer> times = new HashMap<>();
    Set<String> anchors = new HashSet<>();
    Matcher heading = HEADING.matcher(text.replaceAll("(?ms)^```.*?^```$", ""));
    while (heading.find()) {
      String anchor =
          heading
              .group(1)
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = times.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  private static boolean leadsSomewhere(Path document, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path folder = document.toAbsolutePath().getParent();
    Path target = parts[0].isEmpty() ? document : folder.resolve(parts[0]).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1 || anchors(Files.readString(target)).contains(parts[1]);
  }

  @Test
  void everyRelativeLinkLeadsToAFileAndAHeadingInIt() throws IOException {
    List<String> broken = new ArrayList<>();
    int checked = 0;
    for (Path document : documents()) {
      for (String link : links(Files.readString(document))) {
        if (!link.matches("[a-z]+:.*")) {
          checked++;
          if (!leadsSomewhere(document, link)) {
            broken.add(document + ": " + link);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(checked).isGreaterThan(50);
  }

  @Test
  void everyPictureAndPageOfTheDocumentsIsLinked() throws IOException {
    Set<Path> linked = new HashSet<>();
    for (Path document : documents()) {
      Path folder = document.toAbsolutePath().getParent();
      for (String link : links(Files.readString(document))) {
        linked.add(folder.resolve(link.replaceFirst("#.*", "")).normalize());
      }
    }
    try (Stream<Path> files = Files.list(DOCS.toAbsolutePath())) {
      assertThat(files.filter(file -> !linked.contains(file))).isEmpty();
    }
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThan(200);
  }

  /** The folders with sources of our own, as the table in CONTRIBUTING.md names them. */
  private static Map<String, Path> packages() throws IOException {
    Map<String, Path> packages = new HashMap<>();
    for (Path root : List.of(Path.of("src", "main", "java"), Path.of("src", "spark", "java"))) {
      Path ours = root.resolve(Path.of("io", "fmviz"));
      try (Stream<Path> files = Files.walk(ours)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(Path::getParent)
            .distinct()
            .forEach(
                folder ->
                    packages.put(
                        ours.relativize(folder).toString().replace('\\', '.').replace('/', '.'),
                        folder));
      }
    }
    return packages;
  }

  @Test
  void everyPackageHasARowInContributing() throws IOException {
    Set<String> rows =
        FIRST_CELL
            .matcher(Files.readString(Path.of("CONTRIBUTING.md")))
            .results()
            .flatMap(cell -> NAME.matcher(cell.group(1)).results())
            .map(name -> name.group(1))
            .collect(Collectors.toSet());
    assertThat(rows).containsAll(packages().keySet());
  }

  @Test
  void everyPackageSaysWhatItHolds() throws IOException {
    assertThat(packages().values())
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  /** security.md says which test fails where a defence is gone. */
  @Test
  void everyTestThatSecurityNamesIsThere() throws IOException {
    Map<String, String> tests = new HashMap<>();
    for (String root : List.of("test", "browser", "spark/test")) {
      try (Stream<Path> files = Files.walk(Path.of("src").resolve(root))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    List<String> missing = new ArrayList<>();
    int checked = 0;
    for (String row : Files.readAllLines(DOCS.resolve("security.md"))) {
      String[] cells = row.split("\\|", -1);
      String test = "";
      for (Matcher name = NAME.matcher(cells.length > 4 ? cells[4] : ""); name.find(); checked++) {
        // A method without a class is of the one before it.
        String method = name.group(1);
        if (Character.isUpperCase(method.charAt(0))) {
          int dot = method.indexOf('.');
          test = dot < 0 ? method : method.substring(0, dot);
          method = dot < 0 ? "" : method.substring(dot + 1);
        }
        String declared = method.isEmpty() ? "class " + test : "void " + method + "(";
        if (!tests.getOrDefault(test, "").contains(declared)) {
          missing.add(name.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(checked).isGreaterThan(30);
  }
}
