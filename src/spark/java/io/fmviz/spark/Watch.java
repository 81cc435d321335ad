package io.fmviz.spark;

import io.fmviz.base.UserException;
import io.fmviz.probe.Probe;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Watches a job: tells how many images are done, and ends it as soon as a task failed by what would
 * fail in every other one too, as a network that can't be run.
 */
final class Watch extends SparkListener implements AutoCloseable {
  private final SparkContext context;
  private final String group;
  private final List<Partition> parts;
  private final Probe.Ticker ticker;
  private final BitSet done = new BitSet();
  private final int total;
  private int images;
  private int stage = -1;
  private String failure;
  private boolean closed;

  private Watch(SparkContext context, String group, List<Partition> parts, Probe.Ticker ticker) {
    this.context = context;
    this.group = group;
    this.parts = parts;
    this.ticker = ticker;
    this.total = parts.stream().mapToInt(Partition::count).sum();
  }

  /** Begins, before the job does. */
  static Watch over(
      SparkContext context, String group, List<Partition> parts, Probe.Ticker ticker) {
    Watch watch = new Watch(context, group, parts, ticker);
    context.addSparkListener(watch);
    return watch;
  }

  /** Why the job was ended; null if it wasn't. */
  synchronized String failure() {
    return failure;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    if (group.equals(job.properties().getProperty("spark.jobGroup.id"))) {
      // The parts are in the first of its stages; statistics are merged in the others.
      scala.collection.Iterator<?> ids = job.stageIds().iterator();
      stage = (Integer) ids.next();
      while (ids.hasNext()) {
        stage = Math.min(stage, (Integer) ids.next());
      }
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (closed || task.stageId() != stage) {
      return;
    }
    int part = task.taskInfo().partitionId();
    if (task.taskInfo().successful()) {
      if (!done.get(part)) {
        done.set(part);
        images += parts.get(part).count();
        ticker.done(images, total);
      }
    } else if (failure == null
        && task.reason() instanceof ExceptionFailure thrown
        && thrown.className().equals(UserException.class.getName())) {
      failure = thrown.description();
      context.cancelJobGroup(group, failure);
    }
  }

  /** What is told later comes to nobody. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    context.removeSparkListener(this);
  }
}
