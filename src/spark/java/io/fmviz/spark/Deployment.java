package io.fmviz.spark;

import io.fmviz.base.UserException;
import org.apache.spark.SparkConf;

/** Whether fmviz was started in a way that works. */
final class Deployment {
  private Deployment() {}

  /** Refuses what doesn't. */
  static void require(SparkConf conf) {
    if (!conf.contains("spark.master")) {
      throw new UserException(
          "there is no cluster: start fmviz-spark.jar with spark-submit and its --master");
    }
    if (conf.get("spark.submit.deployMode", "client").equals("cluster")) {
      throw new UserException(
          "the driver writes files and prints where it runs, and in deploy mode cluster that is a machine of the cluster's: submit with --deploy-mode client");
    }
  }
}
