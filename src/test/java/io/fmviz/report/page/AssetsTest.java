package io.fmviz.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.image.Colormap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AssetsTest {
  private static final Path FOLDER = Path.of("src", "main", "resources", "io", "fmviz", "page");

  /** All files of a kind, those of the live page too. */
  private static List<String> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .sorted()
          .toList();
    }
  }

  static List<String> scripts() throws IOException {
    return files(".js");
  }

  static List<String> styles() throws IOException {
    return files(".css");
  }

  /** Each with the shared ones that stand before it. */
  @Test
  void theScriptsHaveNoWarningOfClosureCompiler() throws IOException {
    List<String> ordered = new ArrayList<>(Assets.SHARED);
    scripts().stream().filter(name -> !ordered.contains(name)).forEach(ordered::add);
    Map<String, String> texts = new LinkedHashMap<>();
    ordered.forEach(name -> texts.put(name, Assets.text(name)));
    assertThat(Lint.ofScripts(texts)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("styles")
  void theStyleSheetsAreParsedWithoutAnError(String name) {
    assertThat(Lint.ofStyle(Assets.text(name))).isEmpty();
  }

  /**
   * Markup is never made from text, nothing runs that isn't in a script, and nothing is fetched.
   */
  @ParameterizedTest
  @MethodSource("scripts")
  void noScriptMakesMarkupOrCodeFromText(String name) {
    Lint.assertNoMarkupOrCodeFromText(Assets.text(name));
  }

  @Test
  void inPagesStandNeitherCommentsNorIndentation() {
    assertThat(
            Assets.compact(
                """
                /** What it is.
                 *
                 * @return {string} more
                 */
                (function () {
                  // Why.
                  const url = 'a//b /* c */'; // kept
                  /* Also
                     this. */
                  use(url * 2);
                })();
                """))
        .isEqualTo(
            """
            (function () {
            const url = 'a//b /* c */'; // kept
            use(url * 2);
            })();
            """);
  }

  @Test
  void scriptsAreToldWhatJavaKnows() {
    assertThat(Assets.text("constants.js"))
        .contains(
            "fmviz.mapBytes = {\"header\":12,\"nonFinite\":0,\"lowest\":1,\"highest\":255};\n",
            "fmviz.nonFiniteColor = 12632256;\n",
            "fmviz.colormaps = {\"gray\":\"AAAAAQEB");
  }

  @ParameterizedTest
  @EnumSource(
      value = Colormap.class,
      names = {"GRAY", "VIRIDIS", "MAGMA", "COOLWARM"})
  void thePagesColoursAreThePictures(Colormap map) {
    Matcher table =
        Pattern.compile("\"" + map + "\":\"([^\"]*)\"").matcher(Assets.text("constants.js"));
    assertThat(table.find()).isTrue();
    byte[] rgb = Base64.getDecoder().decode(table.group(1));
    assertThat(rgb).hasSize(768);
    for (int i = 0; i < 256; i++) {
      int color =
          (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | (rgb[3 * i + 2] & 0xff);
      assertThat(color).isEqualTo(map.color(i));
    }
  }
}
