package io.fmviz.spark;

import io.fmviz.cli.Arguments;

/**
 * Starts fmviz as an application of Spark's: the commands of {@link io.fmviz.cli.Main}, where a
 * cluster does what grows with the number of images.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    int exitCode;
    try (Cluster cluster = new Cluster(Arguments.of(args))) {
      exitCode = io.fmviz.cli.Main.start(cluster, args);
    }
    System.exit(exitCode);
  }
}
