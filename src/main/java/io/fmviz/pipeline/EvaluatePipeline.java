package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.base.AtomicFile;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.NumpyArray;
import io.fmviz.checkpoint.Tensor;
import io.fmviz.dataset.Dataset;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.model.Classifier;
import io.fmviz.report.TextTable;
import io.fmviz.runtime.Torch;
import io.fmviz.training.Evaluation;
import io.fmviz.training.Evaluator;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Accuracy, mean loss and confusion matrix of a checkpoint on the test images. */
public final class EvaluatePipeline {
  private EvaluatePipeline() {}

  public static EvaluateResult run(EvaluateRequest request, Progress progress) {
    if (request.logits() != null) {
      TargetFile.check(request.logits(), request.force());
    }
    Checkpoint checkpoint = request.checkpoint().read();
    OpenedDataset opened = request.data().open(progress);
    CheckpointRequest.checkFits(checkpoint, opened, progress);
    LabeledImages images = DataRequest.load(opened, Split.TEST, request.limit());
    FloatBuffer logits = FloatBuffer.allocate(images.count() * Dataset.CLASSES);
    Device device = Torch.start(request.compute());
    long start = System.nanoTime();
    Evaluation e;
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint)) {
      e = Evaluator.evaluate(classifier, manager, images, request.batchSize(), logits::put);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    tell(checkpoint, opened, e, seconds, progress);
    if (request.logits() != null) {
      write(request.logits(), logits.array(), progress);
    }
    return new EvaluateResult(
        checkpoint.file().toString(),
        opened.dataset().name(),
        opened.fallbackReason(),
        Torch.name(device),
        request.compute().threads(),
        e.correct(),
        e.total(),
        e.accuracy(),
        e.meanLoss(),
        e.confusion(),
        request.logits() == null ? null : request.logits().toString(),
        seconds);
  }

  private static void tell(
      Checkpoint checkpoint,
      OpenedDataset opened,
      Evaluation e,
      double seconds,
      Progress progress) {
    progress.result(
        "%s on %s: accuracy %s, mean loss %.4f, %s"
            .formatted(
                checkpoint.file(),
                opened.dataset().name(),
                Text.accuracy(e),
                e.meanLoss(),
                Text.seconds(seconds)));
    confusionTable(e.confusion()).forEach(progress::result);
  }

  private static void write(Path file, float[] logits, Progress progress) {
    long[] shape = {logits.length / Dataset.CLASSES, Dataset.CLASSES};
    Tensor tensor = Tensor.of(shape, logits);
    AtomicFile.writeDurably(file, out -> NumpyArray.write(tensor, out));
    progress.result("logits of %,d images -> %s".formatted(shape[0], file));
  }

  private static List<String> confusionTable(int[][] confusion) {
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("label \\ predicted"));
    for (int c = 0; c < confusion.length; c++) {
      head.add(String.valueOf(c));
    }
    table.row(head);
    for (int label = 0; label < confusion.length; label++) {
      List<String> row = new ArrayList<>(List.of(String.valueOf(label)));
      for (int count : confusion[label]) {
        row.add(String.format(Locale.ROOT, "%,d", count));
      }
      table.row(row);
    }
    return table.lines();
  }
}
