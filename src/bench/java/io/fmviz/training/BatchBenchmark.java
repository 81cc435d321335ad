package io.fmviz.training;

import ai.djl.ndarray.NDManager;
import io.fmviz.bench.Workload;
import io.fmviz.network.Batch;
import io.fmviz.network.torch.BatchArrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Preparing a training batch of 64 images. */
@State(Scope.Benchmark)
public class BatchBenchmark {
  private static final int BATCH = 64;

  private Workload workload;
  private BatchArrays batches;
  private int[] order;
  private int from;

  @Setup
  public void shuffle() {
    workload = new Workload();
    batches = new BatchArrays();
    order = ImageOrder.shuffled(workload.images().count(), 0, 0);
  }

  @TearDown
  public void close() {
    workload.close();
  }

  @Benchmark
  public void prepare(Blackhole arrays) {
    from = from + 2 * BATCH > order.length ? 0 : from + BATCH;
    Batch batch = Batch.of(workload.images(), order, from, BATCH);
    try (NDManager scope = workload.manager().newSubManager()) {
      arrays.consume(batches.images(scope, batch));
      arrays.consume(batches.labels(scope, batch));
    }
  }
}
