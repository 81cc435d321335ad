package io.fmviz.network.onnx.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fmviz.base.Exact;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** A model whose outputs stay in the engine's memory, where another one can read them. */
public final class LoadedModel implements AutoCloseable {
  private final Engine engine;
  private final OrtSession session;

  /**
   * Loads a model.
   *
   * @throws UserException if the engine refuses it
   */
  public LoadedModel(Engine engine, Structure model, int threads) {
    this.engine = engine;
    this.session = engine.session(model, new Engine.Mode(threads, true));
  }

  /** A tensor in the engine's memory; it is gone when what it came from is closed. */
  public static final class Value implements AutoCloseable {
    private final OnnxTensor tensor;

    private Value(OnnxTensor tensor) {
      this.tensor = tensor;
    }

    /** Memory that is read where it is. */
    public static Value of(FloatBuffer values, List<Long> sides) {
      long[] shape = sides.stream().mapToLong(Long::longValue).toArray();
      try {
        return new Value(OnnxTensor.createTensor(Engine.environment(), values, shape));
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    public List<Long> sides() {
      return LongStream.of(tensor.getInfo().getShape()).boxed().toList();
    }

    /** A copy of its values, of float32. */
    public float[] floats() {
      FloatBuffer values = tensor.getFloatBuffer();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      return copy;
    }

    /** A copy of its values, of a type that shapes and places are told in. */
    public double[] numbers() {
      ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
      ElementType type = Engine.type(tensor.getInfo());
      double[] copy = new double[Math.toIntExact(Exact.product(sides()))];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = type.value(bytes, i * type.bytes());
      }
      return copy;
    }

    @Override
    public void close() {
      tensor.close();
    }
  }

  /** What a run made. */
  public static final class Outputs implements AutoCloseable {
    private final OrtSession.Result result;

    private Outputs(OrtSession.Result result) {
      this.result = result;
    }

    /** An output by its name. */
    public Value value(String name) {
      OnnxValue value = result.get(name).orElseThrow();
      return new Value((OnnxTensor) value);
    }

    @Override
    public void close() {
      result.close();
    }
  }

  /** The inputs that are read. */
  public Set<String> inputs() {
    return session.getInputNames();
  }

  /**
   * Runs the model.
   *
   * @param inputs all that it reads, by name; others are left out
   * @throws UserException if the engine can't
   */
  public Outputs run(Map<String, Value> inputs) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    for (String name : session.getInputNames()) {
      tensors.put(name, inputs.get(name).tensor);
    }
    try {
      return new Outputs(session.run(tensors));
    } catch (OrtException e) {
      throw engine.failed(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw engine.failed(e);
    }
  }
}
