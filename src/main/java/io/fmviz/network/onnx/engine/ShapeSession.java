package io.fmviz.network.onnx.engine;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.UnsafeByteOperations;
import io.fmviz.base.Exact;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** A model that is loaded to ask what its outputs are. */
public final class ShapeSession implements AutoCloseable {
  private static final long MOST_CONSTANT_BYTES = 1 << 28;

  /**
   * What the engine infers of an output.
   *
   * @param type null for what is no tensor
   * @param sides -1 for those that aren't known
   * @param names of the sides; empty for those without
   */
  public record InferredOutput(ElementType type, List<Long> sides, List<String> names) {
    private static InferredOutput of(NodeInfo node) {
      return node.getInfo() instanceof TensorInfo info
          ? new InferredOutput(
              Engine.type(info), sidesOf(info), Arrays.asList(info.getDimensionNames()))
          : new InferredOutput(null, List.of(), List.of());
    }
  }

  private final Engine engine;
  private final OrtSession session;

  /**
   * Loads a model as it stands.
   *
   * @throws io.fmviz.base.UserException if the engine refuses it
   */
  public ShapeSession(Engine engine, Structure model) {
    this(engine, model, new Engine.Mode(1, false));
  }

  private ShapeSession(Engine engine, Structure model, Engine.Mode mode) {
    this.engine = engine;
    this.session = engine.session(model, mode);
  }

  /**
   * Loads a model that makes shapes: those that follow from the sizes of its input alone are known
   * then, and nothing of what they are the shapes of is computed.
   *
   * @throws io.fmviz.base.UserException if the engine refuses it
   */
  public static ShapeSession folded(Engine engine, Structure model) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new ShapeSession(engine, model, new Engine.Mode(threads, true));
  }

  private static List<Long> sidesOf(TensorInfo info) {
    return LongStream.of(info.getShape()).boxed().toList();
  }

  /** All outputs, by name, in the model's order. */
  public Map<String, InferredOutput> outputs() {
    try {
      Map<String, InferredOutput> outputs = new LinkedHashMap<>();
      session.getOutputInfo().forEach((name, node) -> outputs.put(name, InferredOutput.of(node)));
      return outputs;
    } catch (OrtException e) {
      throw engine.failed(e);
    }
  }

  /**
   * Runs the model on zeros: the shapes that it makes.
   *
   * @param input float32
   * @param wanted outputs that are shapes
   * @throws io.fmviz.base.UserException if the model can't run with that
   */
  public Map<String, List<Long>> run(String input, List<Long> sides, Set<String> wanted) {
    return onZeros(
        session.getInputNames().contains(input) ? input : null,
        sides,
        wanted,
        value ->
            value instanceof OnnxTensor tensor
                ? LongStream.of((long[]) tensor.getValue()).boxed().toList()
                : null);
  }

  /**
   * Runs the model on zeros: outputs of one boolean, which conditions are.
   *
   * @param input float32; null where the model takes none
   * @throws io.fmviz.base.UserException if the model can't run with that
   */
  public Map<String, Boolean> conditions(String input, List<Long> sides, Set<String> wanted) {
    return onZeros(input, sides, wanted, ShapeSession::condition);
  }

  private static Boolean condition(OnnxValue value) throws OrtException {
    boolean isOne =
        value instanceof OnnxTensor tensor
            && tensor.getInfo().type == OnnxJavaType.BOOL
            && tensor.getInfo().getNumElements() == 1;
    return isOne ? ((OnnxTensor) value).getByteBuffer().get(0) != 0 : null;
  }

  /** What is read off an output; null for nothing. */
  @FunctionalInterface
  private interface Look<T> {
    T of(OnnxValue value) throws OrtException;
  }

  private <T> Map<String, T> onZeros(
      String input, List<Long> sides, Set<String> wanted, Look<T> look) {
    long[] shape = sides.stream().mapToLong(Long::longValue).toArray();
    try (OnnxTensor zeros =
            OnnxTensor.createTensor(
                Engine.environment(), EngineMemory.floats(Exact.product(sides)), shape);
        OrtSession.Result result =
            session.run(input == null ? Map.of() : Map.of(input, zeros), wanted)) {
      Map<String, T> found = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> one : result) {
        T seen = look.of(one.getValue());
        if (seen != null) {
          found.put(one.getKey(), seen);
        }
      }
      return found;
    } catch (OrtException e) {
      throw engine.failed(e);
    }
  }

  /**
   * Runs a model of no inputs: the values of its outputs, of those that are tensors of a type that
   * is known, up to 256 MB in all.
   *
   * @return each with its type, sides and values, under the output's name
   * @throws io.fmviz.base.UserException if the model can't run
   */
  public List<TensorProto> constants() {
    try (OrtSession.Result result = session.run(Map.of())) {
      List<TensorProto> found = new ArrayList<>();
      long left = MOST_CONSTANT_BYTES;
      for (Map.Entry<String, OnnxValue> one : result) {
        if (one.getValue() instanceof OnnxTensor tensor
            && Engine.type(tensor.getInfo()) != ElementType.OTHER
            && bytes(tensor.getInfo()) <= left) {
          left -= bytes(tensor.getInfo());
          found.add(
              TensorProto.newBuilder()
                  .setName(one.getKey())
                  .setDataType(Engine.type(tensor.getInfo()).number())
                  .addAllDims(sidesOf(tensor.getInfo()))
                  .setRawData(UnsafeByteOperations.unsafeWrap(tensor.getByteBuffer()))
                  .build());
        }
      }
      return found;
    } catch (OrtException e) {
      throw engine.failed(e);
    }
  }

  private static long bytes(TensorInfo info) {
    return info.getNumElements() * Engine.type(info).bytes();
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
