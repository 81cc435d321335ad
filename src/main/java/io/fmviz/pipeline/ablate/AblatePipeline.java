package io.fmviz.pipeline.ablate;

import io.fmviz.base.Settings;
import io.fmviz.dataset.Split;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.network.Node;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.DefaultLayers;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.pipeline.Progress;
import io.fmviz.probe.ImageSelection;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets one map after the other to zero, and looks at what that changes. */
public final class AblatePipeline {
  /** What progress is counted in; for many images, each image's maps. */
  private static final String MAPS = "maps set to zero";

  private final AblateRequest request;
  private final Job job;
  private final Answers answers;

  /** The one image, counted from 0; null for none. */
  private final Integer image;

  private AblatePipeline(AblateRequest request, Integer image, Job job) {
    this.request = request;
    this.image = image;
    this.job = job;
    this.answers = job.opened().answers();
  }

  public static AblateResult run(AblateRequest request, Machine machine, Progress progress) {
    return run(request, Opened.of(request.setup(), Split.TEST, null, machine, progress));
  }

  /** Looks at what is open. */
  public static AblateResult run(AblateRequest request, Opened opened) {
    Integer image = image(request, opened);
    Answers.require(opened.network(), "ablate");
    checkExists(request.index(), opened);
    try (Job job = Job.start(opened)) {
      return new AblatePipeline(request, image, job).ablate();
    }
  }

  /** What is asked for; else the first that could be read. */
  private static Integer image(AblateRequest request, Opened opened) {
    if (request.index() != null) {
      return request.index() - 1;
    }
    return request.samples() == null ? opened.data().firstRead() : null;
  }

  private static void checkExists(Integer number, Opened opened) {
    if (number != null) {
      ImageSelection.checkExists(
          Settings.named("{index} ") + number,
          number,
          opened.images(),
          opened.data().datasetName(),
          opened.images().count());
    }
  }

  private AblateResult ablate() {
    // Zero before a ReLU is zero after it: the convolutions would tell the same.
    List<Node> nodes = DefaultLayers.activations(job.network(), request.layers());
    List<String> files = files(nodes);
    Map<String, Object> options = request.options(image == null ? null : image + 1);
    try (OutputWriter out = new OutputWriter("ablate", job, files, options)) {
      AblationEffects worth = new AblationEffects(job, nodes);
      AblateResult.Details details =
          new AblateResult.Details(
              image == null ? null : image(worth, out.folder()),
              request.samples() == null ? null : samples(worth, out.folder()));
      out.complete(
          files,
          details,
          new AblateSummary(details.image(), details.samples(), files),
          answers.namesOf(details.image() == null ? List.of() : details.image().classes()));
      warnOfNonFinite(details.image(), details.samples());
      job.progress()
          .result(
              "pictures: %s; %s".formatted(request.setup().output().folder(), out.lookAt(files)));
      return new AblateResult(job.facts(), details.image(), details.samples());
    }
  }

  /** What the page shows, which looks for its pictures among the files. */
  private record AblateSummary(
      AblateResult.Image image, AblateResult.Samples samples, List<String> files) {}

  private void warnOfNonFinite(AblateResult.Image image, AblateResult.Samples samples) {
    long unknown = image != null && image.image().isUnknown() ? 1 : 0;
    int all = image == null ? 0 : 1;
    if (samples != null) {
      unknown += samples.notANumber() == null ? 0 : samples.notANumber();
      all += samples.images();
    }
    job.warnOfNonFinite(unknown, all, 0);
  }

  private List<String> files(List<Node> nodes) {
    List<String> files = new ArrayList<>();
    for (Node node : nodes) {
      if (image != null) {
        files.add(imageFile(node.name()));
      }
      if (request.samples() != null) {
        files.add(samplesFile(node.name()));
      }
    }
    return files;
  }

  /** {@code 1-7/ReLU_2.png}: the image's number from 1 and its label, then the layer. */
  private String imageFile(String layer) {
    return job.images().title(image) + "/" + layer + ".png";
  }

  private static String samplesFile(String layer) {
    return "accuracy-" + layer + ".png";
  }

  private AblateResult.Image image(AblationEffects worth, OutputFolder out) {
    Map<Node, FeatureMaps> maps = new LinkedHashMap<>();
    AblateResult.Image found = worth.ofImage(image, maps::put, job.ticker(MAPS));
    String name = job.data().oneOfMany(image);
    try (PngWriter png = new PngWriter()) {
      int layer = 0;
      for (FeatureMaps each : maps.values()) {
        RgbImage picture =
            AblationPictures.maps(
                each,
                found.layers().get(layer++),
                found,
                name + AblationReport.label(found.image(), answers),
                answers);
        out.write(imageFile(each.name()), picture, png);
      }
    }
    AblationReport.print(found, name, answers, job.progress());
    tellOfOthers();
    return found;
  }

  private void tellOfOthers() {
    int others = job.images().count() - 1;
    if (!job.data().isDataset() && request.index() == null && others > 0) {
      job.progress()
          .note(
              Settings.named(
                      "the other %s left out: {index} takes another, {samples} %d all of them")
                  .formatted(
                      others == 1 ? "picture is" : Text.count(others, "picture") + " are",
                      others + 1));
    }
  }

  private AblateResult.Samples samples(AblationEffects worth, OutputFolder out) {
    int count = Math.min(request.samples(), job.images().count());
    AblateResult.Samples samples = worth.ofSamples(count, job.ticker(MAPS));
    String where = job.data().text(samples.images());
    try (PngWriter png = new PngWriter()) {
      for (AblateResult.SamplesLayer layer : samples.layers()) {
        out.write(samplesFile(layer.layer()), AblationPictures.bars(layer, samples, where), png);
      }
    }
    AblationReport.print(samples, where, answers, job.progress());
    return samples;
  }
}
