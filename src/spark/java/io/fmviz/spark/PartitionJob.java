package io.fmviz.spark;

import io.fmviz.probe.Aggregation;
import io.fmviz.probe.Statistic;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What executors are to do with each part.
 *
 * @param hadoop how Hadoop's file systems are reached; an executor whose files are local needn't
 *     know
 * @param base the driver's working folder: local paths are meant from there
 */
record PartitionJob<S extends Statistic<S>>(
    Aggregation<S> pass,
    SentNetwork network,
    Broadcast<SerializableConfiguration> hadoop,
    String base,
    Reader reader)
    implements Serializable {
  /**
   * How pictures are read.
   *
   * @param invert whether digits are dark strokes on a light ground; null to find out
   * @param threads of a task's, for the network and for reading each
   * @param tries how often Spark begins a task
   */
  record Reader(Boolean invert, int threads, int tries) implements Serializable {}
}
