package io.fmviz.pipeline;

import io.fmviz.base.UserException;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.dataset.Dataset;
import io.fmviz.dataset.OpenedDataset;
import java.nio.file.Path;

/**
 * Which checkpoint to take.
 *
 * @param name in the model folder, or a path; null for the one that was written last
 */
public record CheckpointRequest(String name, Path modelFolder) {
  /** Reads the checkpoint. */
  Checkpoint read() {
    return Checkpoint.read(new ModelFolder(modelFolder).find(name));
  }

  /**
   * Refuses a network that doesn't fit the images; says so if it learned from others.
   *
   * @param opened null for images of the user's own
   */
  static void checkFits(Checkpoint checkpoint, OpenedDataset opened, Progress progress) {
    if (checkpoint.widths().input() != 1 || checkpoint.widths().classes() != Dataset.CLASSES) {
      throw new UserException(
          "%s takes %d channels and tells %d classes apart; the images have 1 channel and %d classes"
              .formatted(
                  checkpoint.file(),
                  checkpoint.widths().input(),
                  checkpoint.widths().classes(),
                  Dataset.CLASSES));
    }
    if (opened == null) {
      return;
    }
    String learned = checkpoint.metadata().get("dataset");
    String looked = opened.dataset().name();
    if (learned != null && !learned.equals(looked)) {
      progress.warn(
          UserException.oneLine(
              "%s learned from %s, but the images are from %s"
                  .formatted(checkpoint.file(), learned, looked)));
    }
  }
}
