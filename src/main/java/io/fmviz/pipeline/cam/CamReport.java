package io.fmviz.pipeline.cam;

import io.fmviz.analysis.Prediction;
import io.fmviz.analysis.cam.CamPlan;
import io.fmviz.network.Node;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.Run;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.List;

/** Where a network looks, for people. */
final class CamReport {
  /** Images that are told of; JSON has them all. */
  private static final int MOST = 20;

  private CamReport() {}

  /** What stands over an image's picture. */
  static List<String> lines(CamResult.Image image, String name, CamPlan plan, Answers answers) {
    List<String> lines = new ArrayList<>();
    lines.add(title(image, name, answers));
    for (Node node : plan.nodes()) {
      lines.add(
          "%s at %s (%s), %d x %d positions"
              .formatted(plan.method(), node, node.path(), node.height(), node.width()));
    }
    // The same classes for each layer.
    image.maps().stream()
        .filter(map -> map.target() != null)
        .map(map -> target(map.target()))
        .distinct()
        .forEach(lines::add);
    return lines;
  }

  private static String title(CamResult.Image image, String name, Answers answers) {
    String label =
        image.label() == null
            ? ""
            : " (a %s)"
                .formatted(
                    Prediction.named(image.label().toString(), answers.nameOf(image.label())));
    return name
        + label
        + (image.prediction() == null ? "" : ": predicted " + image.prediction().inFull());
  }

  /** {@code 7: 99.91 %, logit 9.412 = contributions 9.430 + bias -0.018}. */
  private static String target(CamResult.Target target) {
    String sum =
        target.sum() == null
            ? ""
            : "; contributions %s + bias %s = %s"
                .formatted(
                    Text.decimals(3, target.contributions()),
                    Text.decimals(3, target.bias()),
                    Text.decimals(3, target.sum()));
    return "%s: %s, logit %s%s"
        .formatted(
            Prediction.named(String.valueOf(target.target()), target.targetName()),
            Text.share(target.targetProbability()),
            Text.decimals(3, target.logit()),
            sum);
  }

  static void print(CamResult result, CamPlan plan, Run run, Answers answers) {
    result.images().stream()
        .limit(MOST)
        .forEach(
            image ->
                lines(image, run.opened().one(image.index() - 1), plan, answers)
                    .forEach(run.progress()::result));
    if (result.images().size() > MOST) {
      run.progress().result("and %d more".formatted(result.images().size() - MOST));
    }
    run.progress()
        .result(
            "pictures: %s; look at %s"
                .formatted(
                    result.run().place().out(),
                    run.out()
                        .resolve(
                            result.sheet() == null
                                ? result.images().get(0).file()
                                : result.sheet())));
  }
}
