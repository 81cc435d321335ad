package io.fmviz.tensor;

import io.fmviz.bench.Workload;
import io.fmviz.network.torch.ClassifierWidths;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The parameters of one network, to a file's bytes and back from a file. */
@State(Scope.Benchmark)
public class SafetensorsBenchmark {
  private Map<String, float[]> weights;
  private Map<String, long[]> shapes;
  private Path file;

  @Setup
  public void prepare() throws IOException {
    try (Workload workload = new Workload()) {
      ClassifierWidths widths = workload.classifier().widths();
      weights = workload.classifier().weights();
      shapes = widths.parameterShapes();
    }
    file = Files.createTempFile("benchmark", ".safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      content().writeTo(out);
    }
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
  }

  private Safetensors content() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> tensors.put(name, Tensor.of(shape, weights.get(name))));
    return new Safetensors(Map.of(), tensors);
  }

  @Benchmark
  public void write() throws IOException {
    content().writeTo(OutputStream.nullOutputStream());
  }

  @Benchmark
  public int read() {
    int values = 0;
    for (Tensor tensor : Safetensors.read(file).tensors().values()) {
      values += tensor.floats().length;
    }
    return values;
  }
}
