package io.fmviz.checkpoint;

import io.fmviz.base.UserException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Whether checkpoints are of one training, by what they say of themselves. */
public final class OneTraining {
  /** What a training does not change as it goes on, and what two of it are called. */
  private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

  static {
    SETTINGS.put("widths", "widths");
    SETTINGS.put("dataset", "datasets");
    SETTINGS.put("seed", "seeds");
    SETTINGS.put("learning_rate", "learning rates");
    SETTINGS.put("batch_size", "batch sizes");
    SETTINGS.put("test_batch_size", "test batch sizes");
    SETTINGS.put("train_images", "numbers of training images");
    SETTINGS.put("test_images", "numbers of test images");
    SETTINGS.put("threads", "numbers of threads");
  }

  private OneTraining() {}

  /**
   * Refuses checkpoints that are not of the training that another one is of. Files that say nothing
   * of themselves are taken for such.
   *
   * @throws UserException naming two of different trainings, and what differs
   */
  public static void check(Collection<Checkpoint> checkpoints, Checkpoint other) {
    for (Checkpoint checkpoint : checkpoints) {
      SETTINGS.forEach((key, name) -> check(checkpoint, other, key, name));
    }
  }

  private static void check(Checkpoint one, Checkpoint other, String key, String name) {
    String recorded = one.metadata().get(key);
    String otherwise = other.metadata().get(key);
    if (!Objects.equals(recorded, otherwise)) {
      throw new UserException(
          "%s and %s are not from the same training: their %s are %s and %s; move one of them to another folder"
              .formatted(
                  one.file(),
                  other.file(),
                  name,
                  Objects.requireNonNullElse(recorded, "none"),
                  Objects.requireNonNullElse(otherwise, "none")));
    }
  }
}
