package io.fmviz.forward;

import io.fmviz.bench.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The forward pass of one image: bare, with listeners that do nothing, and with ones that copy. */
@State(Scope.Benchmark)
public class ListenerBenchmark {
  @Param({"none", "idle", "copying"})
  private String listeners;

  private Workload workload;

  @Setup
  public void attach(Blackhole copies) {
    workload = new Workload();
    // Nobody detaches them: the network ends with them.
    switch (listeners) {
      case "none" -> {}
      case "idle" -> workload.listen((layer, inputs, output) -> {});
      case "copying" ->
          workload.listen(
              (layer, inputs, output) -> copies.consume(output.singletonOrThrow().toFloatArray()));
      default -> throw new IllegalArgumentException(listeners);
    }
  }

  @TearDown
  public void close() {
    workload.close();
  }

  @Benchmark
  @OperationsPerInvocation(Workload.IMAGES)
  public int forward() {
    int sum = 0;
    for (int i = 0; i < Workload.IMAGES; i++) {
      sum += workload.predict(i);
    }
    return sum;
  }
}
