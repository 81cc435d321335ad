package io.fmviz.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.javascript.jscomp.CheckLevel;
import com.google.javascript.jscomp.CommandLineRunner;
import com.google.javascript.jscomp.CompilationLevel;
import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.DiagnosticGroups;
import com.google.javascript.jscomp.JSError;
import com.google.javascript.jscomp.Result;
import com.google.javascript.jscomp.SourceFile;
import com.google.javascript.jscomp.WarningLevel;
import com.helger.css.decl.CascadingStyleSheet;
import com.helger.css.reader.CSSReader;
import com.helger.css.reader.CSSReaderSettings;
import com.helger.css.reader.errorhandler.CollectingCSSParseErrorHandler;
import io.fmviz.image.Colormap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    Compiler compiler = new Compiler(new PrintStream(java.io.OutputStream.nullOutputStream()));
    Result result =
        compiler.compile(
            CommandLineRunner.getBuiltinExterns(CompilerOptions.Environment.BROWSER),
            ordered.stream().map(n -> SourceFile.fromCode(n, Assets.text(n))).toList(),
            options());
    assertThat(Stream.concat(result.errors.stream(), result.warnings.stream()))
        .extracting(JSError::toString)
        .isEmpty();
  }

  private static CompilerOptions options() {
    CompilerOptions options = new CompilerOptions();
    CompilationLevel.SIMPLE_OPTIMIZATIONS.setOptionsForCompilationLevel(options);
    WarningLevel.VERBOSE.setOptionsForWarningLevel(options);
    options.setChecksOnly(true);
    options.setCheckTypes(true);
    options.setWarningLevel(DiagnosticGroups.LINT_CHECKS, CheckLevel.WARNING);
    options.setWarningLevel(DiagnosticGroups.CHECK_VARIABLES, CheckLevel.ERROR);
    options.setWarningLevel(DiagnosticGroups.SUSPICIOUS_CODE, CheckLevel.ERROR);
    options.setWarningLevel(DiagnosticGroups.UNUSED_LOCAL_VARIABLE, CheckLevel.ERROR);
    return options;
  }

  @ParameterizedTest
  @MethodSource("styles")
  void theStyleSheetsAreParsedWithoutAnError(String name) {
    CollectingCSSParseErrorHandler errors = new CollectingCSSParseErrorHandler();
    CascadingStyleSheet sheet =
        CSSReader.readFromStringReader(
            Assets.text(name),
            new CSSReaderSettings().setBrowserCompliantMode(false).setCustomErrorHandler(errors));
    assertThat(errors.getAllParseErrors()).isEmpty();
    assertThat(sheet).isNotNull();
  }

  /**
   * Markup is never made from text, nothing runs that isn't in a script, and nothing is fetched.
   */
  @ParameterizedTest
  @MethodSource("scripts")
  void noScriptMakesMarkupOrCodeFromText(String name) {
    assertThat(Assets.text(name))
        .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b")
        .doesNotContainPattern("new Function|setAttribute\\('(on|style)|\\.srcdoc|javascript:")
        .doesNotContain("</script")
        .contains("'use strict'");
  }

  @ParameterizedTest
  @EnumSource(
      value = Colormap.class,
      names = {"VIRIDIS", "MAGMA", "COOLWARM"})
  void thePagesColoursAreThePictures(Colormap map) {
    String script = Assets.text("palettes.js");
    String table = script.substring(script.indexOf(map + ":"));
    String base64 =
        Pattern.compile("'([^']*)'")
            .matcher(table.substring(0, table.indexOf("',")) + "'")
            .results()
            .map(quoted -> quoted.group(1))
            .collect(Collectors.joining());
    byte[] rgb = Base64.getDecoder().decode(base64);
    assertThat(rgb).hasSize(768);
    for (int i = 0; i < 256; i++) {
      int color =
          (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | (rgb[3 * i + 2] & 0xff);
      assertThat(color).isEqualTo(map.color(i));
    }
  }
}
