package io.fmviz.pipeline;

import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.OpenedDataset;
import java.nio.file.Path;

/** Trains, then visualizes with the last epoch: the whole job. */
public final class RunPipeline {
  private RunPipeline() {}

  /** What both parts came to. */
  public record RunResult(TrainResult train, VisualizeResult visualize) implements Result {}

  /**
   * Runs both parts on one dataset and one device.
   *
   * @param visualize its checkpoint is replaced by the one that training writes last
   */
  public static RunResult run(TrainRequest train, VisualizeRequest visualize, Progress progress) {
    OpenedDataset opened;
    TrainResult trained;
    try (TrainPlan plan = TrainPlan.of(train)) {
      opened = plan.open(progress);
      trained = TrainPipeline.run(plan, opened, progress);
    }
    Checkpoint last = Checkpoint.read(Path.of(trained.lastCheckpoint()));
    return new RunResult(trained, VisualizePipeline.run(visualize, last, opened, progress));
  }
}
