package io.fmviz.pipeline.visualize;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.image.PictureOptions;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.FolderPage;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.pipeline.OutputRequest;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Run;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.ImageSelection;
import io.fmviz.report.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Runs images through a network and writes every layer's feature maps, image by image. */
public final class VisualizePipeline {
  private final VisualizeRequest request;
  private final PictureOptions drawing;
  private final Run run;
  private final List<WantedMaps> wanted;

  private VisualizePipeline(VisualizeRequest request, Run run) {
    this.request = request;
    this.drawing = request.drawing(run.network());
    this.run = run;
    this.wanted = WantedMaps.of(request, run.network());
  }

  public static VisualizeResult run(VisualizeRequest request, Progress progress) {
    Setup setup = request.setup();
    return run(
        request,
        setup.network().open(progress),
        opened -> OpenedImages.of(setup.data(), Split.TEST, opened, progress),
        progress);
  }

  /** The images that are looked at, of a dataset that is open already unless they are files. */
  public static OpenedImages images(
      VisualizeRequest request, OpenedDataset opened, Network network, Progress progress) {
    DataRequest data = request.setup().data();
    return data.pictures() == null
        ? OpenedImages.of(opened, Split.TEST)
        : OpenedImages.of(data, Split.TEST, network, progress);
  }

  /** Runs on a network and images that are open already. */
  public static VisualizeResult run(
      VisualizeRequest request, Network network, OpenedImages images, Progress progress) {
    return run(request, network, any -> images, progress);
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
    OutputRequest output = request.setup().output();
    OutputFolder out = new OutputFolder(output.folder(), output.force());
    // Which images are misclassified, only the trained network tells.
    int[] chosen = request.images().misclassified() ? new int[0] : candidates;
    SampleFiles files = SampleFiles.of(request, opened.images(), chosen, wanted);
    out.check(new FolderPage(output, out).with(files));
  }

  private static void checkSizes(
      VisualizeRequest request, PictureOptions drawing, List<WantedMaps> wanted, Images images) {
    if (request.formats().contains(MapsFormat.PNG)) {
      wanted.forEach(maps -> maps.checkSize(drawing, images));
    }
  }

  private static VisualizeResult run(
      VisualizeRequest request, Network network, Run.Opening opening, Progress progress) {
    try (Run run = new Run("visualize", request.setup(), network, opening, progress)) {
      run.start(beside(request.setup().compute()));
      return new VisualizePipeline(request, run).visualize();
    }
  }

  /** The network beside the writers, which have three times its work. */
  private static Compute beside(Compute all) {
    return new Compute(all.device(), Math.max(1, all.threads() / 4));
  }

  private VisualizeResult visualize() {
    checkSizes(request, drawing, wanted, run.images());
    int[] chosen = run.choose(request.images());
    SampleFiles files = SampleFiles.of(request, run.images(), chosen, wanted);
    run.prepare(files, request.options(drawing));
    Answers answers = Answers.of(run.network(), run.opened());
    MapsWriter maps = new MapsWriter(request, drawing, wanted, run.out());
    EqualPictures equal = new EqualPictures(drawing);
    VisualizeLoop loop = new VisualizeLoop(run, answers, wanted, chosen, equal);
    try (SampleWriters writers = writers(answers, maps)) {
      loop.run(files, writers);
    }
    run.warnOfNotNumbers(loop.unknown(), chosen.length, maps.notNumbers());
    loop.lines().forEach(run.progress()::result);
    if (equal.text() != null) {
      run.progress().note(equal.text());
    }
    VisualizeResult result = result(files.folders().size(), loop.predictions());
    print(result, run.page().lookAt(files));
    return result;
  }

  private SampleWriters writers(Answers answers, MapsWriter maps) {
    SamplePage page = run.page().isWanted() ? new SamplePage(run, answers, maps, wanted) : null;
    return new SampleWriters(answers, maps, page, request.setup().compute().threads());
  }

  private VisualizeResult result(int images, List<VisualizeResult.SampleAnswer> predictions) {
    return new VisualizeResult(
        run.facts(),
        images,
        images,
        images * SampleFiles.ofMaps(request, wanted).size(),
        run.opened().isDataset() ? null : predictions);
  }

  private void print(VisualizeResult result, String lookAt) {
    Path out = request.setup().output().folder();
    run.progress()
        .result(
            "%s of %s in %s, %s; %s"
                .formatted(
                    Text.count(
                        result.pictures(),
                        request.formats().equals(Set.of(MapsFormat.PNG)) ? "picture" : "file"),
                    run.opened().chosen(result.samples()),
                    out,
                    Text.seconds(result.run().seconds()),
                    lookAt));
  }
}
