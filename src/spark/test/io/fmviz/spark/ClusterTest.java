package io.fmviz.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.cli.Arguments;
import io.fmviz.network.Compute;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ClusterTest {
  @Test
  void refusesToBeAwayFromThePerson() {
    assertThatThrownBy(() -> Deployment.require(new SparkConf(false)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no cluster: start fmviz-spark.jar with spark-submit and its --master");
    SparkConf conf =
        new SparkConf(false).set("spark.master", "yarn").set("spark.submit.deployMode", "cluster");
    assertThatThrownBy(() -> Deployment.require(conf))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the driver writes files and prints where it runs, and in deploy mode cluster that is a machine of the cluster's: submit with --deploy-mode client");
  }

  @Test
  void computesOnTheThreadsThatSparkGivesATask() {
    try (Cluster cluster = new Cluster(Arguments.of("dead"))) {
      int usual = Runtime.getRuntime().availableProcessors();
      assertThat(cluster.compute(new Compute("auto", usual))).isEqualTo(Compute.onCpu(1));
      assertThatThrownBy(() -> cluster.compute(new Compute("cpu", usual + 1)))
          .isInstanceOf(InvalidValueException.class)
          .hasMessage(
              Settings.named(
                  "{threads} is what Spark gives a task, 1: leave it out, and set spark.task.cpus"));
      assertThatThrownBy(() -> cluster.compute(new Compute("gpu:0", usual)))
          .hasMessage(Settings.named("{device} must be cpu: executors have no other, not gpu:0"));
    }
  }
}
