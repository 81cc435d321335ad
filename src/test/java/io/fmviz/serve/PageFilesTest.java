package io.fmviz.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.report.page.Assets;
import io.fmviz.report.page.Lint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PageFilesTest {
  private static final Path FOLDER = Path.of("src", "main", "resources", "io", "fmviz", "serve");
  static final List<String> OWN = PageFiles.OWN;

  private static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  @Test
  void theScriptsHaveNoWarningOfClosureCompiler() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    PageFiles.SHARED.forEach(name -> texts.put(name, Assets.text(name)));
    texts.put("constants", PageFiles.CONSTANTS);
    for (String name : PageFiles.OWN) {
      texts.put("serve/" + name, text(name));
    }
    assertThat(Lint.ofScripts(texts)).isEmpty();
  }

  @Test
  void everyScriptIsServed() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(f -> f.endsWith(".js")))
          .containsExactlyInAnyOrderElementsOf(PageFiles.OWN);
    }
  }

  @Test
  void theStyleSheetIsParsedWithoutAnError() throws IOException {
    assertThat(Lint.ofStyle(text("live.css"))).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("OWN")
  void noScriptMakesMarkupOrCodeFromText(String name) throws IOException {
    Lint.assertNoMarkupOrCodeFromText(text(name));
  }

  /** A content security policy forbids both. */
  @Test
  void thePageHasNothingInline() throws IOException {
    assertThat(text("live.html")).doesNotContainPattern(" on[a-z]+=| style=|<style|<script>");
  }

  /** As it goes to a browser; 100 KB are what it may be. */
  @Test
  void thePageIsSmall() {
    int sum = PageFiles.table().values().stream().mapToInt(r -> r.gzipped().bytes().length).sum();
    assertThat(sum).isLessThan(100_000);
    assertThat(new String(PageFiles.table().get("/").bytes(), StandardCharsets.UTF_8))
        .startsWith("<!doctype html>");
  }
}
