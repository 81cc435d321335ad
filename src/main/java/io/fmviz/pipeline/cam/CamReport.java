package io.fmviz.pipeline.cam;

import io.fmviz.analysis.Prediction;
import io.fmviz.analysis.cam.CamPlan;
import io.fmviz.base.Numbers;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.Job;
import java.util.ArrayList;
import java.util.List;

/** Where a network looks, for people. */
final class CamReport {
  /** Images that are told of; JSON has them all. */
  private static final int MOST = 20;

  private CamReport() {}

  /** What stands over an image's picture. */
  static List<String> over(CamResult.Image image, String name, CamPlan plan, Answers answers) {
    List<String> lines = new ArrayList<>(List.of(title(image.image(), name, answers)));
    lines.addAll(layers(plan));
    lines.addAll(targets(image, plan));
    return lines;
  }

  /** {@code cam at ReLU_3 (net.7), 7 x 7 positions}. */
  private static List<String> layers(CamPlan plan) {
    return plan.nodes().stream()
        .map(
            node ->
                "%s at %s (%s), %d x %d positions"
                    .formatted(plan.method(), node, node.path(), node.height(), node.width()))
        .toList();
  }

  /** The same classes for each layer. */
  private static List<String> targets(CamResult.Image image, CamPlan plan) {
    return image.maps().stream()
        .filter(map -> map.target() != null || map.value() != null)
        .map(map -> map.target() == null ? value(map.value()) : target(map.target(), plan))
        .distinct()
        .toList();
  }

  private static String value(CamResult.OutputValue value) {
    return "%s: %s".formatted(value.targetOutput(), Numbers.decimals(3, value.targetValue()));
  }

  private static String title(AnsweredImage image, String name, Answers answers) {
    String label = image.label() == null ? "" : " (a %s)".formatted(answers.named(image.label()));
    return name
        + label
        + (image.prediction() == null
            ? ""
            : ": " + image.prediction().verb() + " " + image.prediction().inFull());
  }

  /** {@code 7: 99.91 %, logit 9.412 = contributions 9.430 + bias -0.018}. */
  private static String target(CamResult.Target target, CamPlan plan) {
    String sum =
        target.sum() == null
            ? ""
            : "; contributions %s + bias %s = %s"
                .formatted(
                    Numbers.decimals(3, target.contributions()),
                    Numbers.decimals(3, target.bias()),
                    Numbers.decimals(3, target.sum()));
    String named = Prediction.named(String.valueOf(target.target()), target.targetName());
    String share = Numbers.share(target.targetProbability());
    return plan.scores().areProbabilities()
        ? "%s: %s".formatted(named, share)
        : "%s: %s, logit %s%s".formatted(named, share, Numbers.decimals(3, target.logit()), sum);
  }

  private static List<CamResult.Image> first(List<CamResult.Image> images) {
    return images.subList(0, Math.min(MOST, images.size()));
  }

  static void print(CamResult result, CamPlan plan, Job job, Answers answers, String lookAt) {
    layers(plan).forEach(job.progress()::result);
    for (CamResult.Image image : first(result.images())) {
      String name = job.data().one(image.image().index() - 1);
      job.progress().result(title(image.image(), name, answers));
      targets(image, plan).forEach(line -> job.progress().result("  " + line));
    }
    if (result.images().size() > MOST) {
      job.progress().result("and %,d more".formatted(result.images().size() - MOST));
    }
    job.progress().result("pictures: %s; %s".formatted(result.run().place().out(), lookAt));
  }
}
