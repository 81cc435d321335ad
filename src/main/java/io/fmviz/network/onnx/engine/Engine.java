package io.fmviz.network.onnx.engine;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.fmviz.base.Settings;
import io.fmviz.base.Threads;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.runtime.Interruption;
import io.fmviz.runtime.ProcessEnvironment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/**
 * ONNX Runtime, and models on it.
 *
 * @param file the model's, for messages and its external data
 */
public record Engine(Path file) {
  private static final int LONGEST = 300;
  private static final String NO_REPORTS = "ORT_DISABLE_TELEMETRY";
  private static final FutureTask<OrtEnvironment> STARTED = new FutureTask<>(Engine::started);

  /**
   * How a model is to run.
   *
   * @param optimized whether operators may be fused; else the graph stays as it is
   */
  public record Mode(int threads, boolean optimized) {}

  /**
   * Begins to load ONNX Runtime beside other work; what goes wrong is told to who needs it.
   *
   * @return is done when nothing is being loaded any more
   */
  public static FutureTask<Void> ahead() {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              try {
                environment();
              } catch (UserException e) {
                // Whoever starts a session hears of it.
              }
            },
            null);
    Thread thread = new Thread(task, "fmviz-load-onnxruntime");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Starts ONNX Runtime if need be: its logs are our exceptions, and it reports nothing home. */
  public static OrtEnvironment environment() {
    STARTED.run();
    return Threads.result(STARTED);
  }

  /** What goes wrong stays: a class that couldn't be initialized doesn't say why a second time. */
  private static OrtEnvironment started() {
    try {
      keepQuiet();
      Interruption.arm();
      Natives.settle();
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "fmviz");
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException | LinkageError | IllegalStateException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new UserException(
          "ONNX Runtime can't be started on this machine: " + line(root.getMessage()), e);
    }
  }

  /**
   * ONNX Runtime for Linux and macOS writes an identifier of the machine into the user's cache as
   * it is loaded, and sends reports unless a variable says no: what its API can switch off comes
   * too late. On Windows that is in time.
   */
  private static void keepQuiet() {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    if (!ProcessEnvironment.set(NO_REPORTS, "1") && !windows) {
      throw new UserException(
          "ONNX Runtime would send reports from this machine, and can't be told not to; set %s=1 and"
                  .formatted(NO_REPORTS)
              + " try again");
    }
  }

  /**
   * A model, ready to run.
   *
   * @throws UserException if ONNX Runtime can't run it
   */
  public OrtSession session(Structure model, Mode mode) {
    OrtEnvironment environment = environment();
    ModelProto.Builder proto = model.model().toBuilder().clearMetadataProps();
    Map<String, OnnxTensorLike> values = new LinkedHashMap<>();
    try (SessionOptions options = options(mode)) {
      for (TensorProto.Builder tensor : proto.getGraphBuilder().getInitializerBuilderList()) {
        ByteBuffer weight = model.weights().get(tensor.getName());
        if (weight != null) {
          values.put(tensor.getName(), tensor(environment, tensor, weight));
          isElsewhere(tensor);
        }
      }
      if (!values.isEmpty()) {
        options.addExternalInitializers(values);
      }
      return environment.createSession(proto.build().toByteArray(), options);
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      values.values().forEach(OnnxTensorLike::close);
    }
  }

  /** The type of a tensor, as the engine tells it. */
  public static ElementType type(TensorInfo info) {
    for (ElementType one : ElementType.values()) {
      if (info.onnxType.name().endsWith("_TYPE_" + one.name())) {
        return one;
      }
    }
    return ElementType.OTHER;
  }

  /** What ends a run from outside. */
  public OrtSession.RunOptions runOptions() {
    environment();
    try {
      return new OrtSession.RunOptions();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** A large weight is given to the engine apart. */
  private static void isElsewhere(TensorProto.Builder tensor) {
    tensor
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .clearExternalData()
        .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue("memory"));
  }

  private static OnnxTensor tensor(
      OrtEnvironment environment, TensorProto.Builder tensor, ByteBuffer weight)
      throws OrtException {
    long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    ByteBuffer bytes = weight.duplicate().order(ByteOrder.nativeOrder());
    OnnxJavaType type = OnnxJavaType.valueOf(ElementType.of(tensor.getDataType()).name());
    return OnnxTensor.createTensor(environment, bytes, shape, type);
  }

  private SessionOptions options(Mode mode) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(mode.threads());
    options.setInterOpNumThreads(1);
    options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(
        mode.optimized() ? SessionOptions.OptLevel.ALL_OPT : SessionOptions.OptLevel.NO_OPT);
    if (!mode.optimized()) {
      options.addConfigEntry("session.disable_prepacking", "1");
    }
    Path folder = file.toAbsolutePath().getParent();
    options.addConfigEntry(
        "session.model_external_initializers_file_folder_path", folder.toString());
    // Threads that spin while they wait would take the core from who reads pictures.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  /**
   * What it says of sizes that don't go together as it runs; as it opens a model, that is broken.
   */
  private static final Pattern SIZES =
      Pattern.compile(
          "invalid dimensions for input|running \\S+ node.*(dimension|shape|broadcast|size|axis)");

  /** What went wrong in ONNX Runtime, in one line. */
  public UserException failed(OrtException e) {
    String reason = line(e.getMessage());
    String what = "ONNX Runtime can't run %s: %s".formatted(file, reason);
    String text = reason.toLowerCase(Locale.ROOT);
    String hint = hint(text);
    if (hint != null) {
      return new UserException(what, hint, e);
    }
    if (SIZES.matcher(text).find()) {
      String other =
          Settings.named(
              "it may not take pictures of this size: give another with {inputSize}, or export it"
                  + " with the size it was made for");
      return new UnfitSizeException(what, other, e);
    }
    String check = "check it with onnx.checker, or export it again";
    return text.contains("shapeinferenceerror")
        ? new UnfitSizeException(what, check, e)
        : new UserException(what, check, e);
  }

  /** What to do about an operator that it doesn't know; null for anything else. */
  private static String hint(String text) {
    if (text.contains("opset") || text.contains("ir_version") || text.contains("ir version")) {
      return "export it with an older operator set, 17 say";
    }
    if (text.contains("could not find an implementation")) {
      return "it lacks that version of the operator, or its type: export it with operator set 17,"
          + " in float32";
    }
    if (text.contains("not a registered function") || text.contains("domain")) {
      return "export it with ONNX's own operators alone";
    }
    return null;
  }

  /** The first line of a message, without what only programmers read. */
  private static String line(String message) {
    String text = String.valueOf(message).replaceFirst("^Error code - \\S+ - message: ", "");
    String first = UserException.plain(text.strip().split("\\R", 2)[0]).strip();
    return first.length() <= LONGEST ? first : first.substring(0, LONGEST) + " ...";
  }
}
