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
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.Progress;
import io.fmviz.report.Text;
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
        request, Opened.of(request.setup(), Split.TEST, request.samples(), machine, progress));
  }

  /** Looks at what is open. */
  public static EvaluateResult run(EvaluateRequest request, Opened opened) {
    Answers.require(opened.network(), "evaluate");
    opened.data().requireLabels("evaluate");
    requireLabels(opened.images());
    try (Job job = Job.start(opened)) {
      return run(request, job);
    }
  }

  private static EvaluateResult run(EvaluateRequest request, Job job) {
    EvaluationAggregation.Result found =
        job.gather(pass(request, job.network()), job.ticker("images"));
    Evaluation evaluation = found.evaluation();
    job.warnOfNonFinite(evaluation.notNumbers(), ImageCount.at(job.images()), 0);
    EvaluateResult result = result(request, job, evaluation);
    if (request.logits() != null) {
      write(target(request), found.logits().values(), job.network().classes());
    }
    EvaluateReport.print(result, job);
    if (request.logits() != null) {
      job.progress()
          .result(
              "logits of %s -> %s"
                  .formatted(Text.count(evaluation.total(), "image"), request.logits()));
    }
    return result;
  }

  private static void requireLabels(Images images) {
    if (IntStream.range(0, images.count()).noneMatch(images::isLabeled)) {
      throw new UserException(
          Settings.named(
              "it isn't known what these images show: give {image} a folder that has a folder for"
                  + " each class"));
    }
  }

  private static EvaluationAggregation pass(EvaluateRequest request, Network network) {
    // Photographs are large: no more go at once than memory is meant for.
    return new EvaluationAggregation(
        request.testBatchSize(), !network.defaults().dataset(), request.logits() != null);
  }

  private static EvaluateResult result(EvaluateRequest request, Job job, Evaluation evaluation) {
    long[][] confusion = evaluation.confusion();
    Answers answers = job.opened().answers();
    return new EvaluateResult(
        job.facts(),
        EvaluateResult.Score.of(evaluation),
        evaluation.others(),
        evaluation.meanLoss(),
        NonFinite.orNull(evaluation.notNumbers()),
        ImageCount.at(job.images()),
        answers.names().isEmpty() ? null : answers.names(),
        confusion,
        confusion == null ? evaluation.confusedPairs(PAIRS, answers.names()) : null,
        request.logits() == null ? null : request.logits().toString());
  }

  private static TargetFile target(EvaluateRequest request) {
    return new TargetFile(request.logits(), request.force());
  }

  private static void write(TargetFile file, float[] logits, int classes) {
    Tensor tensor = Tensor.of(new long[] {logits.length / classes, classes}, logits);
    file.write(out -> NumpyArray.write(tensor, out));
  }
}
