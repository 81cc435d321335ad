package io.fmviz.pipeline;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which network to take.
 *
 * @param name of a checkpoint in the model folder, or a path of one; null for the one that was
 *     written last; the path of a model where one is meant
 * @param isModel whether a model of others' is meant, an ONNX file, not a checkpoint
 * @param modelFolder null for a model
 * @param reading how pictures are to be read
 */
public record NetworkRequest(
    String name, boolean isModel, Path modelFolder, ReadingChoice reading) {
  private static final String ONNX = ".onnx";

  /** A checkpoint of the classifier's; what ends as ONNX files do is a model of others'. */
  public static NetworkRequest ofCheckpoint(String name, Path modelFolder) {
    boolean isModel = name != null && name.toLowerCase(Locale.ROOT).endsWith(ONNX);
    return new NetworkRequest(name, isModel, modelFolder, ReadingChoice.NONE);
  }

  /** A model of others'. */
  public static NetworkRequest ofModel(Path file) {
    return new NetworkRequest(file.toString(), true, null, ReadingChoice.NONE);
  }

  /** The same, for pictures that are read in some way. */
  public NetworkRequest reading(ReadingChoice way) {
    return new NetworkRequest(name, isModel, modelFolder, way);
  }

  /** Whether one is named, or the model folder has a checkpoint. */
  public boolean isThere() {
    return name != null || !new ModelFolder(modelFolder).list().isEmpty();
  }

  /** The network, read and ready to be looked at. */
  public Network open() {
    return isModel ? model() : checkpoint();
  }

  /** The same, and time that it takes is shown. */
  public Network open(Progress progress) {
    return opening(progress, this::open);
  }

  Network opening(Progress progress, Supplier<Network> how) {
    String what = name == null ? "the newest checkpoint" : UserException.plain(name);
    return Waiting.during("reading " + what, progress, how);
  }

  private Network checkpoint() {
    return asAsked(new ClassifierNetwork(classifier()));
  }

  /** The classifier, for pictures that are read as is asked for. */
  public Network asAsked(ClassifierNetwork network) {
    return network.reading(digits(reading, network.input()));
  }

  /** How the classifier's pictures are read. */
  static Preprocessing digits(ReadingChoice reading, InputForm form) {
    long[] images = {1, form.channels(), form.height(), form.width()};
    return Preprocessing.resolve(reading, images, null, Map.of("fmviz.fit", "digit"));
  }

  private Network model() {
    Path file = Path.of(name);
    OnnxModel model = read(file);
    return model.network(
        Preprocessing.resolve(reading, model.inputDimensions(), file, model.metadata()));
  }

  private static OnnxModel read(Path file) {
    try {
      return OnnxModel.read(file);
    } catch (UserException e) {
      if (isClassifiers(file)) {
        throw new UserException(
            Settings.named(
                    "%s holds the weights of the built-in classifier, under PyTorch's names, and is not an ONNX model: give {checkpoint} %s")
                .formatted(file, file),
            e);
      }
      throw e;
    }
  }

  private static boolean isClassifiers(Path file) {
    try {
      return Files.isRegularFile(file) && SavedClassifier.read(file) != null;
    } catch (UserException e) {
      return false;
    }
  }

  /**
   * For what is done with the classifier alone: its parameters.
   *
   * @throws InvalidValueException if another model is named
   */
  public SavedClassifier classifier() {
    if (isModel) {
      throw new InvalidValueException(
          "checkpoint",
          "%s is not a checkpoint of the built-in classifier: this command works with those only"
              .formatted(name));
    }
    return SavedClassifier.read(new ModelFolder(modelFolder).find(name));
  }
}
