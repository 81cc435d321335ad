package io.fmviz.pipeline.run;

import io.fmviz.dataset.OpenedDataset;
import io.fmviz.network.Network;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.train.TrainPipeline;
import io.fmviz.pipeline.train.TrainPlan;
import io.fmviz.pipeline.train.TrainRequest;
import io.fmviz.pipeline.train.TrainResult;
import io.fmviz.pipeline.visualize.VisualizePipeline;
import io.fmviz.pipeline.visualize.VisualizeRequest;
import io.fmviz.pipeline.visualize.VisualizeResult;
import java.nio.file.Path;

/** Trains, then visualizes with the last epoch: the whole job. */
public final class RunPipeline {
  private RunPipeline() {}

  /** What both parts came to. */
  public record RunResult(TrainResult train, VisualizeResult visualize) implements Result {}

  /**
   * Runs both parts on one dataset and one device. What the second would refuse is refused before
   * the first, which may take hours.
   *
   * @param visualize its network is replaced by the one that training writes last
   */
  public static RunResult run(TrainRequest train, VisualizeRequest visualize, Progress progress) {
    OpenedImages images;
    TrainResult trained;
    try (TrainPlan plan = TrainPlan.of(train)) {
      OpenedDataset opened = plan.open(progress);
      images =
          VisualizePipeline.images(
              visualize, opened, visualize.setup().network().asAsked(plan.network()), progress);
      VisualizePipeline.checkBeforeTraining(visualize, plan.network(), images);
      trained = TrainPipeline.run(plan, opened, progress);
    }
    Network last =
        visualize
            .setup()
            .network()
            .asAsked(
                new ClassifierNetwork(SavedClassifier.read(Path.of(trained.lastCheckpoint()))));
    Opened opened = Opened.of(visualize.setup(), last, images, progress);
    return new RunResult(trained, VisualizePipeline.run(visualize, opened));
  }
}
