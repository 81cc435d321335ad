package io.fmviz.pipeline.filmstrip;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.checkpoint.OneTraining;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.report.Text;
import java.nio.file.Path;
import java.util.List;

/** The checkpoints of one training, by epoch. */
final class TrainingSteps {
  private TrainingSteps() {}

  /**
   * Reads those of a model folder, up to the one that is named; to the last if none is.
   *
   * @throws UserException if they are less than two, or not of one training
   */
  static List<SavedClassifier> read(NetworkRequest upTo) {
    List<SavedClassifier> read = files(upTo).stream().map(SavedClassifier::read).toList();
    if (read.size() < 2) {
      throw new UserException(
          Settings.named("%s holds %s, a filmstrip needs two: run fmviz train {resume} {epochs} 2")
              .formatted(upTo.modelFolder(), Text.count(read.size(), "checkpoint")));
    }
    SavedClassifier last = read.get(read.size() - 1);
    for (SavedClassifier checkpoint : read) {
      if (!checkpoint.widths().equals(last.widths())) {
        throw new UserException(
            "%s and %s are not from the same training: their layers have different widths; move one of them to another folder"
                .formatted(checkpoint.file(), last.file()));
      }
    }
    OneTraining.check(read.stream().map(SavedClassifier::checkpoint).toList(), last.checkpoint());
    return read;
  }

  private static List<Path> files(NetworkRequest upTo) {
    ModelFolder folder = new ModelFolder(upTo.modelFolder());
    List<Path> all = folder.list();
    if (upTo.name() == null) {
      return all;
    }
    Path last = folder.find(upTo.name()).toAbsolutePath().normalize();
    int end = 1 + all.stream().map(f -> f.toAbsolutePath().normalize()).toList().indexOf(last);
    if (end < 2) {
      throw new InvalidValueException(
          Settings.named(
                  "{checkpoint} %s: a filmstrip ends with a checkpoint of %s that has others before it; name such a one")
              .formatted(upTo.name(), upTo.modelFolder()));
    }
    return all.subList(0, end);
  }
}
