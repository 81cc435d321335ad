package io.fmviz.cli;

import io.fmviz.base.FailureReport;
import io.fmviz.base.UserException;
import io.fmviz.cli.options.SettingNames;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Result;
import io.fmviz.runtime.EngineLoader;
import io.fmviz.runtime.Terminal;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.ExitCode;

/**
 * Tells a person what goes on: results on standard output, all else on standard error. Names of
 * files may hold the ends of lines and a terminal's commands; a line stays one.
 */
final class Console implements Progress {
  private final ResultStream out;
  private final PrintStream err;
  private final boolean json;
  private final boolean quiet;
  private final boolean verbose;
  private ProgressBar bar;

  Console(ResultStream out, PrintStream err, boolean json, boolean quiet, boolean verbose) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.quiet = quiet;
    this.verbose = verbose;
  }

  /**
   * Runs a use case and prints its result as JSON, if that is asked for.
   *
   * @return the exit code
   */
  int run(Callable<? extends Result> useCase) throws Exception {
    EngineLoader.wanted();
    try {
      Result result = useCase.call();
      endBar();
      if (json) {
        print(result.toJson());
      }
      if (result.failure() != null) {
        err.println("fmviz: " + result.failure());
        return ExitCode.SOFTWARE;
      }
      return ExitCode.OK;
    } finally {
      endBar();
    }
  }

  @Override
  public void note(String line) {
    if (!quiet) {
      endBar();
      err.println(UserException.plain(SettingNames.in(line)));
    }
  }

  @Override
  public void warn(String line) {
    endBar();
    err.println("fmviz: WARNING: " + UserException.plain(SettingNames.in(line)));
  }

  @Override
  public void failed(Throwable e) {
    FailureReport report = new FailureReport(e, verbose);
    warn(report.line());
    err.print(SettingNames.in(report.trace()));
  }

  @Override
  public String named(String line) {
    return SettingNames.in(line);
  }

  @Override
  public void result(String line) {
    if (!json) {
      endBar();
      print(UserException.plain(line));
    }
  }

  @Override
  public void detail(String line) {
    if (verbose) {
      result(line);
    }
  }

  /** A text of the program's own, of any number of lines; it stands as it is. */
  void page(String text) {
    endBar();
    if (!json) {
      print(text);
    }
  }

  private void print(String line) {
    out.println(line);
    out.requireWritten();
  }

  @Override
  public void step(String task, long done, long total, String detail) {
    if (quiet) {
      return;
    }
    if (bar == null || !bar.isFor(task)) {
      endBar();
      boolean redrawn = Terminal.isStandardError() && !Terminal.isDumb();
      IntSupplier width = redrawn ? Terminal::width : null;
      bar = new ProgressBar(err, width, task, System::nanoTime);
    }
    bar.update(done, total, detail);
  }

  private void endBar() {
    if (bar != null) {
      bar.end();
      bar = null;
    }
  }
}
