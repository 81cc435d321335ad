package io.fmviz.pipeline.visualize;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.image.PictureOptions;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.pipeline.Progress;
import io.fmviz.probe.ImageSelection;
import io.fmviz.report.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Runs images through a network and writes every layer's feature maps, image by image. */
public final class VisualizePipeline {
  /** More files are announced before they are written. */
  private static final int MANY = 500;

  private final VisualizeRequest request;
  private final PictureOptions drawing;
  private final Job job;
  private final Answers answers;
  private final List<WantedMaps> wanted;

  private VisualizePipeline(VisualizeRequest request, Job job) {
    this.request = request;
    this.drawing = request.drawing(job.network());
    this.job = job;
    this.answers = job.opened().answers();
    this.wanted = WantedMaps.of(request, job.network());
  }

  public static VisualizeResult run(VisualizeRequest request, Progress progress) {
    return run(request, Opened.of(request.setup(), Split.TEST, null, Machine.HERE, progress));
  }

  /** Looks at what is open. */
  public static VisualizeResult run(VisualizeRequest request, Opened opened) {
    try (Job job = Job.start(opened, beside(request.setup().compute()))) {
      return new VisualizePipeline(request, job).visualize();
    }
  }

  /** The network beside the writers, which have three times its work. */
  private static Compute beside(Compute all) {
    return new Compute(all.device(), Math.max(1, all.threads() / 4));
  }

  /** The images that are looked at, of a dataset that is open already unless they are files. */
  public static OpenedImages images(
      VisualizeRequest request, OpenedDataset opened, Network network, Progress progress) {
    DataRequest data = request.setup().data();
    return data.pictures() == null
        ? OpenedImages.of(opened, Split.TEST)
        : OpenedImages.of(data, Split.TEST, network, progress);
  }

  /**
   * Checks all that can be known before the network is trained: layers, images, sizes, the folder.
   *
   * @param network of the same form, not to be run
   * @throws UserException if the request can't be met
   */
  public static void checkBeforeTraining(
      VisualizeRequest request, Network network, OpenedImages opened) {
    PictureOptions drawing = request.drawing(network);
    List<WantedMaps> wanted = WantedMaps.of(request, network);
    checkSizes(request, drawing, wanted, opened.images());
    int[] candidates =
        new ImageSelection(request.images(), opened.images(), opened.datasetName())
            .candidates(network.classes());
    // Which images are misclassified, only the trained network tells.
    int[] chosen = request.images().misclassified() ? new int[0] : candidates;
    SampleFiles files = SampleFiles.of(request, opened.images(), chosen, wanted);
    OutputWriter.check(request.setup().output(), files);
  }

  private static void checkSizes(
      VisualizeRequest request, PictureOptions drawing, List<WantedMaps> wanted, Images images) {
    if (request.formats().contains(MapsFormat.PNG)) {
      wanted.forEach(maps -> maps.checkSize(drawing, images));
    }
  }

  private VisualizeResult visualize() {
    checkSizes(request, drawing, wanted, job.images());
    int[] chosen = job.choose(request.images());
    String many = many(chosen.length, SampleFiles.ofMaps(request, wanted).size());
    if (many != null) {
      job.progress().note(many);
    }
    SampleFiles files = SampleFiles.of(request, job.images(), chosen, wanted);
    try (OutputWriter out = new OutputWriter("visualize", job, files, request.options(drawing))) {
      MapsWriter maps = new MapsWriter(request, drawing, wanted, out.folder());
      EqualPictures equal = new EqualPictures(drawing);
      VisualizeLoop loop = new VisualizeLoop(job, answers, wanted, chosen, equal);
      try (SampleWriters writers = writers(maps, out.folder())) {
        loop.run(files, writers, out);
      }
      job.warnOfNonFinite(loop.unknown(), chosen.length, maps.notNumbers());
      loop.lines().forEach(job.progress()::result);
      if (equal.text() != null) {
        job.progress().note(equal.text());
      }
      VisualizeResult result = result(files.folders().size(), loop.predictions());
      print(result, out.lookAt(files));
      return result;
    }
  }

  /** Says before they are written that there will be very many files; null where there won't. */
  static String many(int images, int filesOfOne) {
    long files = (long) images * filesOfOne;
    return files <= MANY
        ? null
        : Settings.named("%s are going to be written for %s: {layers} and {samples} take fewer")
            .formatted(Text.count(files, "file"), Text.count(images, "image"));
  }

  private SampleWriters writers(MapsWriter maps, OutputFolder out) {
    SamplePage page =
        request.setup().output().html() ? new SamplePage(job, out, answers, maps, wanted) : null;
    return new SampleWriters(answers, maps, page, request.setup().compute().threads());
  }

  private VisualizeResult result(int images, List<VisualizeResult.SampleAnswer> predictions) {
    return new VisualizeResult(
        job.facts(),
        images,
        images,
        images * SampleFiles.ofMaps(request, wanted).size(),
        job.data().isDataset() ? null : predictions);
  }

  private void print(VisualizeResult result, String lookAt) {
    Path out = request.setup().output().folder();
    job.progress()
        .result(
            "%s of %s in %s, %s; %s"
                .formatted(
                    Text.count(
                        result.pictures(),
                        request.formats().equals(Set.of(MapsFormat.PNG)) ? "picture" : "file"),
                    job.data().chosen(result.samples()),
                    out,
                    Text.seconds(result.run().seconds()),
                    lookAt));
  }
}
