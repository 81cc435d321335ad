package io.fmviz.pipeline.compare;

import io.fmviz.analysis.Activations;
import io.fmviz.analysis.ChannelAggregation;
import io.fmviz.analysis.LayerName;
import io.fmviz.analysis.NonFinite;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.dataset.Split;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.DefaultLayers;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.LayerSheet;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.pipeline.Progress;
import io.fmviz.probe.MapChoice;
import io.fmviz.probe.Probe;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Shows what a layer makes of many images, side by side: one sheet for each layer. */
public final class ComparePipeline {
  /** The highest sheet; the rows of a higher one would be looked at by nobody. */
  private static final int MAX_ROWS = 256;

  /** The characters of a class that is predicted, beside a row. */
  private static final int MOST_LETTERS = 32;

  private final CompareRequest request;
  private final PictureOptions drawing;
  private final Job job;
  private final Answers answers;

  private ComparePipeline(CompareRequest request, Job job) {
    this.request = request;
    this.drawing = request.drawing(job.network());
    this.job = job;
    this.answers = job.opened().answers();
  }

  public static CompareResult run(CompareRequest request, Progress progress) {
    return run(request, Opened.of(request.setup(), Split.TEST, null, Machine.HERE, progress));
  }

  /** Looks at what is open. */
  public static CompareResult run(CompareRequest request, Opened opened) {
    try (Job job = Job.start(opened)) {
      return new ComparePipeline(request, job).compare();
    }
  }

  private CompareResult compare() {
    List<Node> nodes = DefaultLayers.activations(job.network(), request.layers());
    int[] chosen = choose();
    List<String> files = nodes.stream().map(ComparePipeline::file).toList();
    // As wide as a row's title gets.
    List<String> rows =
        IntStream.of(chosen)
            .mapToObj(i -> job.images().title(i) + " as " + answers.longest(MOST_LETTERS))
            .toList();
    LayerSheet planned = new LayerSheet(job.images(), chosen, rows, drawing);
    nodes.forEach(
        node ->
            planned.check(
                explanation(node),
                MapChoice.of(request.maps(), node).length,
                node.height(),
                node.width()));
    try (OutputWriter out = new OutputWriter("compare", job, files, request.options(drawing))) {
      List<AnsweredImage> samples = new ArrayList<>();
      Map<Node, Activations> shown = shown(nodes, chosen, samples);
      List<CompareResult.Sheet> sheets = draw(samples, shown, dead(nodes, shown), out.folder());
      CompareResult.CompareDetails details = new CompareResult.CompareDetails(samples, sheets);
      List<Integer> labels = samples.stream().map(AnsweredImage::label).toList();
      out.complete(files, details, details, answers.namesOf(labels));
      job.warnOfNonFinite(
          samples.stream().filter(AnsweredImage::isUnknown).count(),
          samples.size(),
          sheets.stream().mapToLong(sheet -> NonFinite.sum(sheet.notANumber())).sum());
      job.progress()
          .result(
              "%s over %s in %s; %s"
                  .formatted(
                      Text.count(sheets.size(), "layer"),
                      job.data().chosen(samples.size()),
                      request.setup().output().folder(),
                      out.lookAt(files)));
      return new CompareResult(job.facts(), samples, samples.size(), samples, sheets);
    }
  }

  private static String file(Node node) {
    return node.name() + ".png";
  }

  private int[] choose() {
    int[] chosen = job.choose(request.images());
    if (chosen.length > MAX_ROWS) {
      throw new InvalidValueException(
          Settings.named(
                  "a sheet of %s would be too high: choose at most %,d images with {samples}")
              .formatted(Text.count(chosen.length, "row"), MAX_ROWS));
    }
    return chosen;
  }

  private Map<Node, Activations> shown(
      List<Node> nodes, int[] chosen, List<AnsweredImage> samples) {
    Map<Node, Activations> shown = new LinkedHashMap<>();
    nodes.forEach(node -> shown.put(node, new Activations(chosen.length)));
    new Probe(job.session(), job.images(), nodes)
        .run(
            chosen,
            new Probe.Consumer() {
              @Override
              public void node(Node node, Batch batch, int[] shape, float[] values) {
                shown.get(node).put(batch.first(), shape, values);
              }

              @Override
              public void logits(Batch batch, float[] logits) {
                for (int n = 0; n < batch.count(); n++) {
                  samples.add(
                      AnsweredImage.of(job.data(), batch.indices()[n], answers.of(logits, n)));
                }
              }
            },
            job.ticker("shown images"));
    return shown;
  }

  /** The channels that no test image, or no file that is shown, raises above zero. */
  private Map<Node, List<Integer>> dead(List<Node> nodes, Map<Node, Activations> shown) {
    Map<Node, List<Integer>> dead = new LinkedHashMap<>();
    // What is made from infinity doesn't show in the maps that are at hand.
    if (job.data().isDataset() || job.network().notNumbers() > 0) {
      ChannelAggregation.run(job.session(), job.images(), nodes, job.ticker("images"))
          .forEach((node, statistics) -> dead.put(node, statistics.dead()));
    } else {
      shown.forEach((node, activations) -> dead.put(node, activations.neverAboveZero()));
    }
    return dead;
  }

  private List<CompareResult.Sheet> draw(
      List<AnsweredImage> samples,
      Map<Node, Activations> shown,
      Map<Node, List<Integer>> dead,
      OutputFolder out) {
    // Those that could be read.
    int[] rows = samples.stream().mapToInt(sample -> sample.index() - 1).toArray();
    List<String> titles = samples.stream().map(this::title).toList();
    LayerSheet sheet = new LayerSheet(job.images(), rows, titles, drawing);
    List<CompareResult.Sheet> sheets = new ArrayList<>();
    try (PngWriter png = new PngWriter()) {
      shown.forEach(
          (node, activations) -> {
            CompareResult.Sheet facts = facts(node, activations, dead.get(node));
            out.write(
                facts.file(),
                sheet.draw(
                    explanation(node),
                    activations,
                    facts.columns(),
                    new LinkedHashSet<>(facts.dead())),
                png);
            sheets.add(facts);
            job.ticker("sheets").done(sheets.size(), shown.size());
          });
    }
    return sheets;
  }

  private CompareResult.Sheet facts(Node node, Activations shown, List<Integer> dead) {
    double[] means = shown.means();
    long[] notNumbers = shown.notNumbers();
    List<Integer> columns = columns(means, MapChoice.of(request.maps(), node));
    return new CompareResult.Sheet(
        file(node),
        LayerName.of(node),
        MapChoice.share(MapChoice.of(request.maps(), node), node.channels()),
        columns,
        columns.stream().mapToDouble(c -> means[c]).toArray(),
        NonFinite.orNull(columns.stream().mapToLong(c -> notNumbers[c]).toArray()),
        dead);
  }

  /** {@code 1-7}, and what the network takes it for if it is wrong. */
  private String title(AnsweredImage sample) {
    boolean right =
        sample.prediction() == null
            || (sample.label() != null && sample.prediction().isOf(sample.label()));
    return job.images().title(sample.index() - 1)
        + (right ? "" : " as " + answers.brief(sample.prediction(), MOST_LETTERS));
  }

  private String explanation(Node node) {
    String share = MapChoice.share(MapChoice.of(request.maps(), node), node.channels());
    return "%s: columns are channels%s, counted from 0%s%nframed red: never above zero, for any of %s"
        .formatted(
            node.name(),
            share == null ? "" : ", " + share,
            request.order() == ChannelOrder.ACTIVITY ? ", the most active first" : "",
            job.data().isDataset() ? job.data().text(job.images().count()) : "these images");
  }

  private List<Integer> columns(double[] means, int[] maps) {
    List<Integer> chosen = IntStream.of(maps).boxed().toList();
    return request.order() == ChannelOrder.ACTIVITY
        ? Activations.ranked(means).stream().filter(chosen::contains).toList()
        : chosen;
  }
}
