package io.fmviz.spark;

import io.fmviz.base.FileSize;
import io.fmviz.base.UserException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.SparkConf;

/**
 * The memory that an executor needs beside its heap: there engines keep weights and outputs. YARN
 * and Kubernetes end an executor that takes more than {@code spark.executor.memoryOverhead}; a
 * standalone cluster doesn't look, so that there only what a person has set is checked.
 */
final class NativeMemory {
  static final String OVERHEAD = "spark.executor.memoryOverhead";

  private static final long MEGA = 1 << 20;

  /** The JVM's own, and the engine's libraries: more than was measured, see CONTRIBUTING. */
  private static final long BASE = 400 * MEGA;

  /** Of each task: outputs of a batch, what the engine keeps between layers, decoded pictures. */
  private static final long TASK = 200 * MEGA;

  /** A session has the weights, and a copy in the order that its operators like. */
  private static final int WEIGHTS = 2;

  private NativeMemory() {}

  /**
   * Refuses an overhead that is too small for a network.
   *
   * @throws UserException that says what it must be
   */
  static void require(SparkConf conf, Path network) {
    long needed = needed(FileSize.of(network), tasks(conf));
    long given = given(conf);
    boolean isLimit =
        conf.contains(OVERHEAD) || !conf.get("spark.master").matches("(spark|local).*");
    if (isLimit && given < needed) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "executors need more memory beside their heap for %s than the %d MB they get: set %s=%dm",
              network.getFileName(),
              given / MEGA,
              OVERHEAD,
              needed / MEGA));
    }
  }

  /**
   * What an executor needs, in whole MB.
   *
   * @param bytes of the network's file
   * @param tasks side by side
   */
  static long needed(long bytes, int tasks) {
    long all = BASE + tasks * (TASK + WEIGHTS * bytes);
    return (all + MEGA - 1) / MEGA * MEGA;
  }

  private static int tasks(SparkConf conf) {
    return Math.max(
        1, conf.getInt("spark.executor.cores", 1) / Math.max(1, conf.getInt("spark.task.cpus", 1)));
  }

  /** As Spark reckons: a tenth of the heap, 384 MB at least, unless it is told. */
  private static long given(SparkConf conf) {
    long least = conf.getSizeAsBytes("spark.executor.minMemoryOverhead", "384m");
    double factor = conf.getDouble("spark.executor.memoryOverheadFactor", 0.1);
    long heap = conf.getSizeAsBytes("spark.executor.memory", "1g");
    long usual = Math.max(least, (long) (factor * heap));
    return conf.contains(OVERHEAD) ? conf.getSizeAsMb(OVERHEAD) * MEGA : usual;
  }
}
