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
import com.helger.css.reader.CSSReader;
import com.helger.css.reader.CSSReaderSettings;
import com.helger.css.reader.errorhandler.CollectingCSSParseErrorHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What checks the scripts and style sheets of all pages. */
public final class Lint {
  private Lint() {}

  /**
   * Closure Compiler's warnings and errors.
   *
   * @param scripts by name, each after those that it leans on
   */
  public static List<String> ofScripts(Map<String, String> scripts) throws IOException {
    Compiler compiler = new Compiler(new PrintStream(OutputStream.nullOutputStream()));
    Result result =
        compiler.compile(
            CommandLineRunner.getBuiltinExterns(CompilerOptions.Environment.BROWSER),
            scripts.entrySet().stream()
                .map(script -> SourceFile.fromCode(script.getKey(), script.getValue()))
                .toList(),
            options());
    return Stream.concat(result.errors.stream(), result.warnings.stream())
        .map(JSError::toString)
        .toList();
  }

  private static CompilerOptions options() {
    CompilerOptions options = new CompilerOptions();
    CompilationLevel.SIMPLE_OPTIMIZATIONS.setOptionsForCompilationLevel(options);
    WarningLevel.VERBOSE.setOptionsForWarningLevel(options);
    options.setChecksOnly(true);
    options.setCheckTypes(true);
    // Facts come as JSON, whose properties no script defines.
    options.setWarningLevel(DiagnosticGroups.MISSING_PROPERTIES, CheckLevel.OFF);
    options.setWarningLevel(DiagnosticGroups.LINT_CHECKS, CheckLevel.WARNING);
    options.setWarningLevel(DiagnosticGroups.CHECK_VARIABLES, CheckLevel.ERROR);
    options.setWarningLevel(DiagnosticGroups.SUSPICIOUS_CODE, CheckLevel.ERROR);
    options.setWarningLevel(DiagnosticGroups.UNUSED_LOCAL_VARIABLE, CheckLevel.ERROR);
    return options;
  }

  /** What of a style sheet is none. */
  public static List<?> ofStyle(String text) {
    CollectingCSSParseErrorHandler errors = new CollectingCSSParseErrorHandler();
    assertThat(
            CSSReader.readFromStringReader(
                text,
                new CSSReaderSettings()
                    .setBrowserCompliantMode(false)
                    .setCustomErrorHandler(errors)))
        .isNotNull();
    return errors.getAllParseErrors();
  }

  /** Markup is never made from text, and nothing runs that isn't in a script. */
  public static void assertNoMarkupOrCodeFromText(String script) {
    assertThat(script)
        .doesNotContainPattern(
            "innerHTML|outerHTML\\s*\\+?=|insertAdjacentHTML|document\\.write|\\beval\\b")
        .doesNotContainPattern("new Function|setAttribute\\('(on|style)|\\.srcdoc|javascript:")
        .doesNotContain("</script")
        .contains("'use strict'");
  }
}
