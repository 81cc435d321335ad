package io.fmviz.image;

import io.fmviz.bench.Workload;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Laying out the nine pictures of one image. */
@State(Scope.Benchmark)
public class GridBenchmark {
  static final GridOptions OPTIONS = new GridOptions(8, 2, 0.5f);

  private List<Workload.Maps> maps;

  @Setup
  public void capture() {
    maps = capturedMaps();
  }

  static List<Workload.Maps> capturedMaps() {
    try (Workload workload = new Workload()) {
      return workload.maps();
    }
  }

  static GrayImage draw(Workload.Maps m) {
    return FeatureMapGrid.draw(m.values(), m.channels(), m.height(), m.width(), OPTIONS);
  }

  @Benchmark
  @OperationsPerInvocation(Workload.IMAGES)
  public void draw(Blackhole pictures) {
    for (Workload.Maps m : maps) {
      pictures.consume(draw(m));
    }
  }
}
