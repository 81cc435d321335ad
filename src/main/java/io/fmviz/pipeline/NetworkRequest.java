package io.fmviz.pipeline;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.dataset.photo.ClassNames;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Which network to take.
 *
 * @param name of a checkpoint in the model folder, or a path; null for the checkpoint that was
 *     written last
 * @param modelFolder null for an ONNX model
 * @param reading how pictures are to be read
 * @param answer which of its outputs is the answer
 */
public record NetworkRequest(
    String name, NetworkKind kind, Path modelFolder, ReadingChoice reading, AnswerChoice answer) {
  /** A checkpoint of the classifier's; a name that ends as an ONNX model's is one. */
  public static NetworkRequest ofCheckpoint(String name, Path modelFolder) {
    return new NetworkRequest(
        name, NetworkKinds.ofCheckpoint(name), modelFolder, ReadingChoice.NONE, AnswerChoice.ANY);
  }

  /** An ONNX model. */
  public static NetworkRequest ofModel(Path file) {
    String name = file.toString();
    return new NetworkRequest(
        name, NetworkKinds.ofModel(name), null, ReadingChoice.NONE, AnswerChoice.ANY);
  }

  /** The same, for pictures that are read in some way. */
  public NetworkRequest reading(ReadingChoice way) {
    return new NetworkRequest(name, kind, modelFolder, way, answer);
  }

  /** The same, with the answer that is chosen. */
  public NetworkRequest answering(AnswerChoice choice) {
    return new NetworkRequest(name, kind, modelFolder, reading, choice);
  }

  /**
   * The same for some pictures: the names that a person gives its classes say how many it has.
   *
   * @throws UserException if their file can't be read
   */
  public NetworkRequest of(DataRequest data) {
    boolean areNamed = data.pictures() != null && data.pictures().classNames() != null;
    return areNamed
        ? answering(answer.of(ClassNames.read(data.pictures().classNames()).size()))
        : this;
  }

  /** The same, and where nobody says the size of pictures, one is chosen. */
  public NetworkRequest ofAnySize() {
    return reading(reading.ofAnySize());
  }

  /** Whether one is named, or the model folder has a checkpoint. */
  public boolean isThere() {
    return name != null || !new ModelFolder(modelFolder).list().isEmpty();
  }

  /** The network, read and ready to be looked at. */
  public Network open() {
    Path file = kind.find(name, modelFolder);
    return open(file, file.toString());
  }

  /** The same of a copy of its file. */
  public Network open(Path copy) {
    return open(copy, name);
  }

  private Network open(Path file, String location) {
    try {
      return kind.open(file, location, NetworkKind.Reading.asChosen(reading), answer);
    } catch (UserException e) {
      if (!isClassifier() && isClassifiers(file)) {
        throw new UserException(
            "%s holds the weights of the built-in classifier, under PyTorch's names, "
                    .formatted(file)
                + "and is not an ONNX model: "
                + Settings.named("give {checkpoint} %s").formatted(file),
            e);
      }
      throw e;
    }
  }

  /** The same, and time that it takes is shown. */
  public Network open(Progress progress) {
    return opening(progress, this::open);
  }

  Network opening(Progress progress, Supplier<Network> how) {
    String what = name == null ? "the newest checkpoint" : UserException.plain(name);
    Network network = ElapsedTime.during("reading " + what, progress, how);
    network.warnings().forEach(progress::note);
    Preprocessing reads = network.input().reading();
    if (reads != null) {
      reads.notes().forEach(progress::note);
    }
    return network;
  }

  /** The classifier, for pictures that are read as is asked for. */
  public Network asAsked(ClassifierNetwork network) {
    return network.reading(NetworkKind.Reading.asChosen(reading));
  }

  /** Whether it is to be the classifier. */
  public boolean isClassifier() {
    return kind.equals(NetworkKinds.CHECKPOINT);
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
    if (!isClassifier()) {
      throw new InvalidValueException(
          "checkpoint",
          "%s is not a checkpoint of the built-in classifier: this command works with those only"
              .formatted(name));
    }
    return SavedClassifier.read(kind.find(name, modelFolder));
  }
}
