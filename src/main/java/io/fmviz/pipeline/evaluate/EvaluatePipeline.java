package io.fmviz.pipeline.evaluate;

import io.fmviz.analysis.Evaluation;
import io.fmviz.analysis.NotNumbers;
import io.fmviz.base.AtomicFile;
import io.fmviz.dataset.Split;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Run;
import io.fmviz.pipeline.TargetFile;
import io.fmviz.probe.Probe;
import io.fmviz.report.Text;
import io.fmviz.report.TextTable;
import io.fmviz.tensor.NumpyArray;
import io.fmviz.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Accuracy, mean loss and confusion matrix of a network on the test images. */
public final class EvaluatePipeline {
  private EvaluatePipeline() {}

  public static EvaluateResult run(EvaluateRequest request, Progress progress) {
    if (request.logits() != null) {
      TargetFile.check(request.logits(), request.force());
    }
    try (Run run =
        Run.start(
            "evaluate", request.setup(), network -> images(request, network, progress), progress)) {
      Session session = run.session();
      int classes = run.network().classes();
      Probe probe = Probe.ofSize(session, run.images(), request.testBatchSize());
      Evaluation evaluation = new Evaluation(run.images(), classes);
      float[] logits = probe.logits(evaluation, run.ticker("images"));
      int images = logits.length / classes;
      run.warnOfNotNumbers(evaluation.notNumbers(), images, 0);
      EvaluateResult result =
          new EvaluateResult(
              run.facts(),
              evaluation.correct(),
              evaluation.total(),
              evaluation.accuracy(),
              evaluation.meanLoss(),
              NotNumbers.orNull(evaluation.notNumbers()),
              evaluation.confusion(),
              request.logits() == null ? null : request.logits().toString());
      print(result, progress);
      if (request.logits() != null) {
        write(request.logits(), logits, images, classes, progress);
      }
      return result;
    }
  }

  private static OpenedImages images(EvaluateRequest request, Network network, Progress progress) {
    return OpenedImages.of(request.setup().data(), Split.TEST, network, progress)
        .first(request.limitTest());
  }

  private static void print(EvaluateResult result, Progress progress) {
    progress.result(
        "%s on %s: accuracy %s, mean loss %s, %s"
            .formatted(
                result.run().location(),
                result.run().dataset(),
                Text.accuracy(result.correct(), result.total()),
                Text.decimals(4, result.meanLoss()),
                Text.seconds(result.run().seconds())));
    confusionTable(result.confusion()).forEach(progress::result);
  }

  private static void write(Path file, float[] logits, int images, int classes, Progress progress) {
    Tensor tensor = Tensor.of(new long[] {images, classes}, logits);
    AtomicFile.writeDurably(file, out -> NumpyArray.write(tensor, out));
    progress.result("logits of %,d images -> %s".formatted(images, file));
  }

  private static List<String> confusionTable(long[][] confusion) {
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("label \\ predicted"));
    for (int c = 0; c < confusion.length; c++) {
      head.add(String.valueOf(c));
    }
    table.row(head);
    for (int label = 0; label < confusion.length; label++) {
      List<String> row = new ArrayList<>(List.of(String.valueOf(label)));
      for (long count : confusion[label]) {
        row.add(String.format(Locale.ROOT, "%,d", count));
      }
      table.row(row);
    }
    return table.lines();
  }
}
