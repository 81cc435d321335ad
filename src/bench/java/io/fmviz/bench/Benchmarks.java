package io.fmviz.bench;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs JMH with its usual options, and keeps the results both as text and as JSON. */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Measures the average time of an operation, in microseconds.
   *
   * @param args the path of the results without its ending; then JMH's options
   */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    String[] typed = new String[args.length - 1];
    System.arraycopy(args, 1, typed, 0, typed.length);
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(typed))
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result(args[0] + ".json")
            .build();
    Collection<RunResult> results = new Runner(options).run();
    ResultFormatFactory.getInstance(ResultFormatType.TEXT, args[0] + ".txt").writeOut(results);
  }
}
