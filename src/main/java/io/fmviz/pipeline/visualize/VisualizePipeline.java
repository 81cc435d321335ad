package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.Garbage;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Reading;
import io.fmviz.dataset.Split;
import io.fmviz.image.PictureOptions;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Run;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.Batches;
import io.fmviz.report.Text;
import io.fmviz.report.page.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Runs images through a network and writes every layer's feature maps, image by image. */
public final class VisualizePipeline {
  /** Images that go through the network together: enough for it to be quick, few in memory. */
  private static final int MOST = 8;

  /**
   * Where there are more images, the garbage is collected and freed memory given back before each
   * so many: 40 milliseconds, and memory stays as it was. Left to itself, G1 would let the heap
   * grow tenfold.
   */
  private static final int COLLECTED = 256;

  /** Of images with large maps, less: so many bytes of maps, of which each leaves some garbage. */
  private static final long COLLECTED_BYTES = 200 << 20;

  private final VisualizeRequest request;
  private final PictureOptions drawing;
  private final Run run;
  private final SampleWriter writer;
  private final Answers answers;
  private final EqualPictures equal;

  /** What the network takes the user's own pictures for, a line each. */
  private final List<String> lines = new ArrayList<>();

  private final List<VisualizeResult.Answer> predictions = new ArrayList<>();
  private int unknown;

  private VisualizePipeline(VisualizeRequest request, Run run) {
    this.request = request;
    this.drawing = request.drawing(run.network());
    this.run = run;
    this.answers = Answers.of(run.network(), run.opened());
    this.writer = new SampleWriter(request, drawing, run.out());
    this.equal = new EqualPictures(drawing);
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
    List<WantedMaps> wanted = WantedMaps.of(request, run.network());
    VisualizeCheck.sizes(request, drawing, wanted, run.images());
    int[] chosen = run.choose(request.images());
    SampleFiles files = writer.files(run.images(), chosen, wanted);
    run.prepare(files, request.options(drawing));
    write(chosen, wanted, files);
    run.warnOfNotNumbers(unknown, chosen.length, writer.notNumbers());
    lines.forEach(run.progress()::result);
    if (equal.text() != null) {
      run.progress().note(equal.text());
    }
    int images = files.folders().size();
    VisualizeResult result =
        new VisualizeResult(
            run.facts(),
            images,
            images,
            images * writer.names(wanted).size(),
            run.opened().isDataset() ? null : predictions);
    print(result, run.page().lookAt(files));
    return result;
  }

  /**
   * Draws, image by image, what is asked of it: the manifest asks as it is written, and nobody
   * keeps the facts of images that are done.
   */
  private void write(int[] chosen, List<WantedMaps> wanted, SampleFiles files) {
    Path file = run.out().resolve(Page.FILE);
    Set<Node> nodes = CapturedBatch.nodes(wanted);
    Batches batches = Batches.of(run.images(), chosen, run.network(), nodes, MOST);
    // One batch is written while the network makes the other.
    CapturedBatch[] two = {
      new CapturedBatch(wanted, batches.size()), new CapturedBatch(wanted, batches.size())
    };
    SampleJob job = new SampleJob(run, answers, writer, wanted);
    long bytes = Float.BYTES * nodes.stream().mapToLong(Node::size).sum();
    int between = (int) Math.max(1, Math.min(COLLECTED, COLLECTED_BYTES / Math.max(1, bytes)));
    try (SampleWriters writers = new SampleWriters(request.setup().compute().threads())) {
      Iterator<WrittenSample> samples =
          writers.inOrder(
              batches,
              batch -> {
                collect(batch, chosen.length, between);
                run.ticker("pictures")
                    .done(Math.max(0, batch.first() - batch.size()), chosen.length);
                draw(batch, job, nodes, two[batch.first() / batch.size() % 2], writers);
              });
      run.completeOneByOne(files, page -> equal.among(new SampleIndex(file, page).of(samples)));
    }
    run.ticker("pictures").done(chosen.length, chosen.length);
  }

  private void collect(Batch batch, int all, int between) {
    boolean due = batch.first() / between != (batch.first() - batch.size()) / between;
    if (all > between && (due || batch.first() == 0)) {
      Garbage.collect();
      run.session().releaseMemory();
    }
  }

  private void draw(
      Batch batch, SampleJob job, Set<Node> nodes, CapturedBatch captured, SampleWriters writers) {
    Images images = batch.images();
    float[] logits = run.session().run(batch, nodes, captured::put);
    for (int i = 0; i < batch.count(); i++) {
      int index = batch.indices()[i];
      Prediction prediction = answers.of(logits, i);
      unknown += prediction == null || prediction.isKnown() ? 0 : 1;
      if (images.source(index) != null && prediction != null) {
        answer(images.source(index), prediction, images.reading(index));
        predictions.add(new VisualizeResult.Answer(images.source(index), prediction));
      }
      SampleJob.Image image =
          new SampleJob.Image(
              images, index, prediction, answers.logitsOf(logits, i), captured.of(batch, i));
      writers.submit(png -> job.write(image, png));
    }
  }

  private void answer(String file, Prediction prediction, Reading reading) {
    String ground =
        reading == null || reading.ground() == null ? "" : " (%s)".formatted(reading.ground());
    lines.add("%s: predicted %s%s".formatted(file, answers.text(prediction), ground));
    if (reading != null && reading.doubt() != null) {
      lines.add("%s is doubtful: it %s".formatted(file, reading.doubt()));
    }
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
