package io.fmviz.pipeline.evaluate;

import io.fmviz.analysis.ConfusedPair;
import io.fmviz.analysis.Prediction;
import io.fmviz.base.Numbers;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.Progress;
import io.fmviz.report.Text;
import io.fmviz.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a network did, for people. */
final class EvaluateReport {
  private EvaluateReport() {}

  static void print(EvaluateResult result, Job job) {
    Progress progress = job.progress();
    EvaluateResult.Score score = result.score();
    String top =
        job.network().defaults().plain() || score.correctTop5() == null
            ? ""
            : ", top-5 " + Text.accuracy(score.correctTop5(), score.total());
    progress.result(
        "%s%s on %s: accuracy %s%s, mean loss %s, %s"
            .formatted(
                job.data().isByOrder() ? "with folders as classes by their order, a guess: " : "",
                result.run().location(),
                job.data().isDataset() ? job.data().name() : job.data().text((int) score.total()),
                Text.accuracy(score.correct(), score.total()),
                top,
                Numbers.decimals(4, result.meanLoss()),
                Text.seconds(result.run().seconds())));
    if (result.others() != null) {
      progress.result(
          "right is an image whose own label has 50 %% or more; others have it %s"
              .formatted(Text.count(result.others(), "time")));
    }
    boolean isAllRight = score.correct() == score.total() && !hasOthers(result);
    if (result.confusion() != null && (!isAllRight || job.network().defaults().plain())) {
      confusionTable(result.confusion(), job.opened().answers()).forEach(progress::result);
    } else if (result.confusedPairs() != null && !result.confusedPairs().isEmpty()) {
      progress.result("the most confused classes:");
      pairs(result.confusedPairs()).forEach(progress::result);
    }
  }

  private static boolean hasOthers(EvaluateResult result) {
    return result.others() != null && result.others() > 0;
  }

  private static List<String> confusionTable(long[][] confusion, Answers answers) {
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("label \\ predicted"));
    for (int c = 0; c < confusion.length; c++) {
      head.add(String.valueOf(c));
    }
    table.row(head);
    for (int label = 0; label < confusion.length; label++) {
      List<String> row = new ArrayList<>(List.of(named(label, answers.nameOf(label))));
      for (long count : confusion[label]) {
        row.add(String.format(Locale.ROOT, "%,d", count));
      }
      table.row(row);
    }
    return table.lines();
  }

  private static List<String> pairs(List<ConfusedPair> pairs) {
    TextTable table = new TextTable();
    table.row(List.of("label", "predicted", "images"));
    for (ConfusedPair pair : pairs) {
      table.row(
          List.of(
              named(pair.label(), pair.labelName()),
              named(pair.predicted(), pair.predictedName()),
              String.format(Locale.ROOT, "%,d", pair.count())));
    }
    return table.lines();
  }

  private static String named(int label, String name) {
    return Prediction.named(String.valueOf(label), name);
  }
}
