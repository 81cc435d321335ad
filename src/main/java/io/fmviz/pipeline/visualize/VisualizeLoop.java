package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.Garbage;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.Reading;
import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.GrowingManifest;
import io.fmviz.pipeline.GrowingPage;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.probe.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs images through the network, batch by batch, and gives each to the writers: its files on
 * several threads, then, in the images' order, its facts to the manifest and to the page of the
 * folder. Nobody keeps an image that is written.
 */
final class VisualizeLoop {
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

  private final Job job;
  private final Answers answers;
  private final Set<Node> nodes;
  private final Batches batches;

  /** One batch is written while the network makes the other; one alone where two don't fit. */
  private final CapturedBatch[] captured;

  /** Images between collections. */
  private final int between;

  private final EqualPictures equal;
  private final List<VisualizeResult.SampleAnswer> predictions = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private int unknown;

  /**
   * A loop to be run once.
   *
   * @param chosen the images, from 0
   * @param equal is told of all pictures
   */
  VisualizeLoop(
      Job job, Answers answers, List<WantedMaps> wanted, int[] chosen, EqualPictures equal) {
    this.job = job;
    this.answers = answers;
    this.equal = equal;
    nodes = CapturedBatch.nodes(wanted);
    batches = Batches.of(job.images(), chosen, job.network(), nodes, MOST);
    long bytes = Float.BYTES * nodes.stream().mapToLong(Node::size).sum();
    captured = new CapturedBatch[room(bytes, batches.size(), Runtime.getRuntime().maxMemory())];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = new CapturedBatch(wanted, batches.size());
    }
    between = (int) Math.max(1, Math.min(COLLECTED, COLLECTED_BYTES / Math.max(1, bytes)));
  }

  /**
   * How many batches there is room for beside what is made of them: two, or one of large maps.
   *
   * @param bytes of one image's maps
   * @param images of a batch
   * @param most bytes that Java may have
   * @throws UserException if there is none for any
   */
  static int room(long bytes, int images, long most) {
    if (bytes > most / 10 * 8) {
      throw new UserException(
          "the maps of one image take %,d MB, and Java has %,d".formatted(bytes >> 20, most >> 20),
          Settings.named("take fewer with {layers}, or give Java more with java -Xmx"),
          null);
    }
    return 2L * images * bytes > most / 2 ? 1 : 2;
  }

  /**
   * Writes all images, the folder's page and its manifest.
   *
   * @param files all that are to come
   */
  void run(SampleFiles files, SampleWriters writers, OutputWriter out) {
    try (GrowingManifest manifest = out.beginManifest(files);
        GrowingPage page = out.beginPage()) {
      SampleRows rows = new SampleRows(page);
      for (int i = 0; batches.hasNext(); i++) {
        Batch batch = batches.next();
        collect(batch);
        job.ticker("pictures").done(Math.max(0, batch.first() - batch.size()), batches.total());
        capture(batch, captured[i % captured.length], writers);
        add(writers, captured.length == 1 ? 0 : batches.size(), manifest, rows);
      }
      add(writers, 0, manifest, rows);
      rows.end();
      out.complete(manifest, page);
    }
    job.ticker("pictures").done(batches.total(), batches.total());
  }

  private void collect(Batch batch) {
    boolean due = batch.first() / between != (batch.first() - batch.size()) / between;
    if (batches.total() > between && (due || batch.first() == 0)) {
      Garbage.collect();
      job.session().releaseMemory();
    }
  }

  /** Runs the network on a batch, and has its images written. */
  private void capture(Batch batch, CapturedBatch captured, SampleWriters writers) {
    Images images = batch.images();
    float[] logits = job.session().run(batch, nodes, captured::put);
    for (int i = 0; i < batch.count(); i++) {
      int index = batch.indices()[i];
      AnsweredImage image = AnsweredImage.of(job.data(), index, answers.of(logits, i));
      tell(image, images.reading(index));
      writers.submit(
          new SampleWriters.Captured(
              images, image, answers.logitsOf(logits, i), captured.of(batch, i)));
    }
  }

  private void tell(AnsweredImage image, Reading reading) {
    Prediction prediction = image.prediction();
    unknown += image.isUnknown() ? 1 : 0;
    if (image.source() == null || prediction == null) {
      return;
    }
    predictions.add(new VisualizeResult.SampleAnswer(image.source(), prediction));
    String ground =
        reading == null || reading.ground() == null ? "" : " (%s)".formatted(reading.ground());
    lines.add("%s: %s%s".formatted(image.source(), answers.text(prediction), ground));
    // Photographs' doubts are told at the end, as in all commands.
    if (reading != null && reading.ground() != null && reading.doubt() != null) {
      lines.add("%s is doubtful: it %s".formatted(image.source(), reading.doubt()));
    }
  }

  /**
   * Gives the facts of images whose files are written to manifest and page.
   *
   * @param most images that may still be under way
   */
  private void add(SampleWriters writers, int most, GrowingManifest manifest, SampleRows rows) {
    while (writers.pending() > most) {
      SampleWriters.Written written = writers.next();
      manifest.add(written.sample());
      rows.add(written.row());
      equal.look(written.sample().pictures());
    }
  }

  /** What the network takes the user's own pictures for. */
  List<VisualizeResult.SampleAnswer> predictions() {
    return predictions;
  }

  /** The same for people, a line each. */
  List<String> lines() {
    return lines;
  }

  /** How many images have logits that are no prediction. */
  int unknown() {
    return unknown;
  }
}
