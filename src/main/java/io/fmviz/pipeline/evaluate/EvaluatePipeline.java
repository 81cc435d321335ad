package io.fmviz.pipeline.evaluate;

import io.fmviz.analysis.Evaluation;
import io.fmviz.analysis.EvaluationAggregation;
import io.fmviz.analysis.NonFinite;
import io.fmviz.base.Settings;
import io.fmviz.base.TargetFile;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.Split;
import io.fmviz.network.Network;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.ImageCount;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Run;
import io.fmviz.tensor.NumpyArray;
import io.fmviz.tensor.Tensor;
import java.util.stream.IntStream;

/** Accuracy, mean loss and confusion matrix of a network on the test images. */
public final class EvaluatePipeline {
  /** How many pairs of classes that are taken for each other are listed. */
  private static final int PAIRS = 20;

  private EvaluatePipeline() {}

  public static EvaluateResult run(EvaluateRequest request, Machine machine, Progress progress) {
    if (request.logits() != null) {
      target(request).check();
    }
    return run(
        request,
        machine,
        machine.open(request.setup().network(), progress),
        opened -> images(request, opened, progress),
        progress);
  }

  /** Runs on a network and images that are opened elsewhere. */
  public static EvaluateResult run(
      EvaluateRequest request, Network network, Run.Opening opening, Progress progress) {
    return run(request, Machine.HERE, network, opening, progress);
  }

  private static EvaluateResult run(
      EvaluateRequest request,
      Machine machine,
      Network network,
      Run.Opening opening,
      Progress progress) {
    try (Run run = new Run("evaluate", request.setup(), network, opening, progress).on(machine)) {
      Answers.require(run.network(), "evaluate");
      run.opened().requireLabels("evaluate");
      requireLabels(run.images());
      run.start();
      EvaluationAggregation.Result found = run.gather(pass(request, run), run.ticker("images"));
      Evaluation evaluation = found.evaluation();
      run.warnOfNotNumbers(evaluation.notNumbers(), ImageCount.at(run.images()), 0);
      EvaluateResult result = result(request, run, evaluation);
      if (request.logits() != null) {
        write(target(request), found.logits().values(), run.network().classes());
      }
      EvaluateReport.print(result, run, progress);
      if (request.logits() != null) {
        progress.result(
            "logits of %,d images -> %s".formatted(evaluation.total(), request.logits()));
      }
      return result;
    }
  }

  private static void requireLabels(Images images) {
    if (IntStream.range(0, images.count()).noneMatch(images::isLabeled)) {
      throw new UserException(
          Settings.named(
              "it isn't known what these images show: give {image} a folder that has a folder for each class"));
    }
  }

  private static EvaluationAggregation pass(EvaluateRequest request, Run run) {
    // Photographs are large: no more go at once than memory is meant for.
    return new EvaluationAggregation(
        request.testBatchSize(), !run.network().defaults().dataset(), request.logits() != null);
  }

  private static EvaluateResult result(EvaluateRequest request, Run run, Evaluation evaluation) {
    long[][] confusion = evaluation.confusion();
    Answers answers = Answers.of(run.network(), run.opened());
    return new EvaluateResult(
        run.facts(),
        EvaluateResult.Score.of(evaluation),
        evaluation.meanLoss(),
        NonFinite.orNull(evaluation.notNumbers()),
        ImageCount.at(run.images()),
        answers.names().isEmpty() ? null : answers.names(),
        confusion,
        confusion == null ? evaluation.confusedPairs(PAIRS, answers.names()) : null,
        request.logits() == null ? null : request.logits().toString());
  }

  private static OpenedImages images(EvaluateRequest request, Network network, Progress progress) {
    return OpenedImages.of(request.setup().data(), Split.TEST, network, progress)
        .first(request.samples());
  }

  private static TargetFile target(EvaluateRequest request) {
    return new TargetFile(request.logits(), request.force());
  }

  private static void write(TargetFile file, float[] logits, int classes) {
    Tensor tensor = Tensor.of(new long[] {logits.length / classes, classes}, logits);
    file.write(out -> NumpyArray.write(tensor, out));
  }
}
