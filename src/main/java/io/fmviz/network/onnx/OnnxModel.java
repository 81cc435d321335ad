package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.fmviz.base.Settings;
import io.fmviz.base.Sha256;
import io.fmviz.base.Threads;
import io.fmviz.base.UserException;
import io.fmviz.dataset.photo.DeclaredInput;
import io.fmviz.dataset.photo.Layout;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.InputForm;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.file.DefinedOnce;
import io.fmviz.network.onnx.file.ExternalData;
import io.fmviz.network.onnx.file.ModelReader;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.DomainCheck;
import io.fmviz.network.onnx.layers.InputLayout;
import io.fmviz.network.onnx.layers.PictureSides;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** An ONNX file that was read and checked. Nothing of it has run. */
public final class OnnxModel {
  private static final String FOURTH_CHANNEL =
      "the network takes four channels: the fourth is opaque white in all pictures, a guess; "
          + Settings.named("give {fourthChannel} for another value");

  private final Path file;
  private final String location;
  private final Future<String> sha256;
  private final Structure structure;
  private final ModelInputs inputs;

  private OnnxModel(
      Path file, String location, Future<String> sha256, Structure structure, ModelInputs inputs) {
    this.inputs = inputs;
    this.file = file;
    this.location = location;
    this.sha256 = sha256;
    this.structure = structure;
  }

  /**
   * Reads a file.
   *
   * @throws UserException if it can't be read, is not an ONNX model, or is none of one picture
   */
  public static OnnxModel read(Path file) {
    FutureTask<Void> engine = Engine.ahead();
    try {
      return checked(file);
    } catch (RuntimeException e) {
      // A process that ends while it loads a library could crash.
      Threads.result(engine);
      throw e;
    }
  }

  private static OnnxModel checked(Path file) {
    ModelReader.LoadedModel read = ModelReader.read(file);
    ModelProto model = read.model();
    if (model.getIrVersion() == 0 || model.getOpsetImportCount() == 0 || !model.hasGraph()) {
      throw ModelReader.noModel(file, null);
    }
    if (model.getGraph().getNodeCount() == 0) {
      throw new UserException(file + " has a graph without operators: export the model again");
    }
    DefinedOnce.check(model.getGraph(), file);
    Structure structure = Structure.of(model, read.weights());
    ExternalData.check(structure.model(), file);
    DomainCheck.check(structure, file);
    ModelInputs inputs = ModelInputs.of(structure.model().getGraph(), file);
    Future<String> sha256 = sha256(file, read.sha256(), structure);
    boolean isPlain = model.getFunctionsCount() == 0;
    Structure inlined = isPlain ? structure : Structure.inlined(model, read.weights());
    return new OnnxModel(file, file.toString(), sha256, inlined, inputs);
  }

  /** Weights in files of their own can be many gigabytes: they are hashed beside the start. */
  private static Future<String> sha256(Path file, String own, Structure structure) {
    List<String> locations = ExternalData.files(structure.model());
    if (locations.isEmpty()) {
      return CompletableFuture.completedFuture(own);
    }
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              StringBuilder hashes = new StringBuilder(own + "\n");
              for (String one : locations) {
                hashes.append(Sha256.of(file.resolveSibling(one))).append("\n");
              }
              return Sha256.of(hashes.toString());
            });
    Thread thread = new Thread(task, "fmviz-weights-hash");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** The same model, of which this file is a copy. */
  OnnxModel of(String original) {
    return new OnnxModel(file, original, sha256, structure, inputs);
  }

  /** Where it was found. */
  public Path file() {
    return file;
  }

  /** Where a person has it. */
  String location() {
    return location;
  }

  /**
   * The SHA-256 of all that the model is made of, in hexadecimal: of the file's bytes; where
   * weights are in files of their own, of a text with a line for each file, the model first, which
   * is its SHA-256.
   *
   * @throws UserException if a file of weights can't be read
   */
  public String sha256() {
    return Threads.result(sha256);
  }

  /** What it says of itself; of a name that is there twice, the last. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    structure
        .model()
        .getMetadataPropsList()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return metadata;
  }

  /**
   * The four dimensions of the input that takes pictures, as it declares them, or as the graph
   * shows where its channels are; -1 for any.
   */
  public long[] inputDimensions() {
    return PictureSides.of(
        structure,
        inputs.pictures().getName(),
        ModelInputs.sides(inputs.pictures()),
        file.toAbsolutePath().getParent());
  }

  /** What the model says of the input that takes pictures. */
  DeclaredInput input() {
    return new DeclaredInput(
        inputDimensions(), OtherInput.values(ModelInputs.type(inputs.pictures())));
  }

  /** The network, for pictures that are read in some way, with the answer that is found. */
  public OnnxNetwork network(Preprocessing reading) {
    return network(reading, AnswerChoice.ANY);
  }

  /** The same with the answer that is chosen. */
  public OnnxNetwork network(Preprocessing reading, AnswerChoice answer) {
    InputForm form = new InputForm(reading.channels(), reading.height(), reading.width(), reading);
    return network(form, reading.layout() == Layout.NHWC, answer);
  }

  /**
   * The network, for images of a size.
   *
   * @param channelsLast whether its input is {@code (batch, height, width, channels)}; images are
   *     {@code (channels, height, width)} all the same
   * @throws UserException if it takes no such images, or ONNX Runtime can't run it
   */
  public OnnxNetwork network(int channels, int height, int width, boolean channelsLast) {
    return network(new InputForm(channels, height, width), channelsLast, AnswerChoice.ANY);
  }

  private OnnxNetwork network(InputForm form, boolean channelsLast, AnswerChoice answer) {
    long[] declared = inputDimensions();
    List<Integer> sides =
        channelsLast
            ? List.of(form.height(), form.width(), form.channels())
            : List.of(form.channels(), form.height(), form.width());
    for (int i = 0; i < sides.size(); i++) {
      if (declared[i + 1] > 0 && declared[i + 1] != sides.get(i)) {
        throw new UserException(
            "%s takes %s, not %s".formatted(file, text(declared), text(1, sides)));
      }
    }
    Guesses guesses = new Guesses();
    if (form.reading() != null && form.reading().isFourthChannelGuessed()) {
      guesses.notes().add(FOURTH_CHANNEL);
    }
    Structure filled =
        inputs.filled(
            structure, form.reading() == null ? Map.of() : form.reading().inputs(), form, guesses);
    InputLayout layout =
        new InputLayout(form.withGuessedInputs(guesses.inputs()), sides, channelsLast);
    return OnnxNetwork.of(this, filled, layout, answer, guesses.notes());
  }

  static String text(long[] dimensions) {
    return Arrays.toString(dimensions).replace("-1", "any");
  }

  private static String text(int batch, List<Integer> sides) {
    return "[%d, %d, %d, %d]".formatted(batch, sides.get(0), sides.get(1), sides.get(2));
  }
}
