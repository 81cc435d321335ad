package io.fmviz.pipeline.ablate;

import io.fmviz.base.Settings;
import io.fmviz.dataset.Split;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.DefaultLayers;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Run;
import io.fmviz.probe.ImageSelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets one map after the other to zero, and looks at what that changes. */
public final class AblatePipeline {
  /** What progress is counted in; for many images, each image's maps. */
  private static final String MAPS = "maps set to zero";

  private final AblateRequest request;
  private final Run run;

  /** The one image, counted from 0; null for none. */
  private final Integer image;

  private AblatePipeline(AblateRequest request, Run run) {
    this.request = request;
    this.run = run;
    this.image = image();
  }

  /** What is asked for; else the first that could be read. */
  private Integer image() {
    if (request.index() != null) {
      return request.index() - 1;
    }
    return request.samples() == null ? run.opened().firstRead() : null;
  }

  public static AblateResult run(AblateRequest request, Machine machine, Progress progress) {
    return run(
        request,
        machine,
        machine.open(request.setup().network(), progress),
        opened -> OpenedImages.of(request.setup().data(), Split.TEST, opened, progress),
        progress);
  }

  /** Runs on a network and images that are opened elsewhere. */
  public static AblateResult run(
      AblateRequest request, Network network, Run.Opening opening, Progress progress) {
    return run(request, Machine.HERE, network, opening, progress);
  }

  private static AblateResult run(
      AblateRequest request,
      Machine machine,
      Network network,
      Run.Opening opening,
      Progress progress) {
    try (Run run = new Run("ablate", request.setup(), network, opening, progress).on(machine)) {
      AblatePipeline pipeline = new AblatePipeline(request, run);
      Answers.require(run.network(), "ablate");
      pipeline.checkExists(Settings.named("{index}"), request.index());
      run.start();
      return pipeline.ablate();
    }
  }

  private void checkExists(String asking, Integer number) {
    if (number != null) {
      ImageSelection.checkExists(
          asking + " " + number,
          number,
          run.images(),
          run.opened().datasetName(),
          run.images().count());
    }
  }

  private AblateResult ablate() {
    // Zero before a ReLU is zero after it: the convolutions would tell the same.
    List<Node> nodes = DefaultLayers.activations(run.network(), request.layers());
    List<String> files = files(nodes);
    run.prepare(files, request.options(image == null ? null : image + 1));
    AblationEffects worth = new AblationEffects(run, nodes);
    AblateResult.Details details =
        new AblateResult.Details(
            image == null ? null : image(worth), request.samples() == null ? null : samples(worth));
    run.complete(
        files,
        details,
        new AblateSummary(details.image(), details.samples(), files),
        details.image() == null ? List.of() : details.image().classes());
    warnOfNotNumbers(details.image(), details.samples());
    run.progress()
        .result(
            "pictures: %s; %s"
                .formatted(request.setup().output().folder(), run.page().lookAt(files)));
    return new AblateResult(run.facts(), details.image(), details.samples());
  }

  /** What the page shows, which looks for its pictures among the files. */
  private record AblateSummary(
      AblateResult.Image image, AblateResult.Samples samples, List<String> files) {}

  private void warnOfNotNumbers(AblateResult.Image image, AblateResult.Samples samples) {
    long unknown = image == null || image.prediction().isKnown() ? 0 : 1;
    int all = image == null ? 0 : 1;
    if (samples != null) {
      unknown += samples.notANumber() == null ? 0 : samples.notANumber();
      all += samples.images();
    }
    run.warnOfNotNumbers(unknown, all, 0);
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
    return run.images().title(image) + "/" + layer + ".png";
  }

  private static String samplesFile(String layer) {
    return "accuracy-" + layer + ".png";
  }

  private AblateResult.Image image(AblationEffects worth) {
    Map<Node, FeatureMaps> maps = new LinkedHashMap<>();
    AblateResult.Image found = worth.ofImage(image, maps::put, run.ticker(MAPS));
    String name = run.opened().oneOfMany(image);
    Answers answers = Answers.of(run.network(), run.opened());
    try (PngWriter png = new PngWriter()) {
      int layer = 0;
      for (FeatureMaps each : maps.values()) {
        RgbImage picture =
            AblationPictures.maps(
                each,
                found.layers().get(layer++),
                found,
                name + AblationReport.label(found, answers));
        run.out().write(imageFile(each.name()), picture, png);
      }
    }
    AblationReport.print(found, name, answers, run.progress());
    tellOfOthers();
    return found;
  }

  private void tellOfOthers() {
    int others = run.images().count() - 1;
    if (!run.opened().isDataset() && request.index() == null && others > 0) {
      run.progress()
          .note(
              Settings.named(
                      "the other %s left out: {index} takes another, {samples} %d all of them")
                  .formatted(
                      others == 1 ? "picture is" : "%,d pictures are".formatted(others),
                      others + 1));
    }
  }

  private AblateResult.Samples samples(AblationEffects worth) {
    int count = Math.min(request.samples(), run.images().count());
    AblateResult.Samples samples = worth.ofSamples(count, run.ticker(MAPS));
    String where = run.opened().text(samples.images());
    try (PngWriter png = new PngWriter()) {
      for (AblateResult.SamplesLayer layer : samples.layers()) {
        run.out()
            .write(samplesFile(layer.layer()), AblationPictures.bars(layer, samples, where), png);
      }
    }
    AblationReport.print(samples, where, run.progress());
    return samples;
  }
}
