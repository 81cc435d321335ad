package io.fmviz.pipeline.filmstrip;

import io.fmviz.analysis.Activations;
import io.fmviz.analysis.NonFinite;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.dataset.Split;
import io.fmviz.image.GifWriter;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.LayerSheet;
import io.fmviz.pipeline.NonFiniteWarning;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.pipeline.Progress;
import io.fmviz.probe.MapNodes;
import io.fmviz.probe.Probe;
import io.fmviz.report.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Shows how a layer's maps of one image came to be, checkpoint by checkpoint. */
public final class FilmstripPipeline {
  /** The characters of a class that is predicted, beside a row. */
  private static final int MOST_LETTERS = 32;

  private final FilmstripRequest request;
  private final List<Network> networks;
  private final Job job;
  private final Answers answers;
  private final List<FilmstripResult.Frame> frames = new ArrayList<>();

  /** Of the last network's layers, by its nodes. */
  private final Map<Node, Activations> activations = new LinkedHashMap<>();

  private FilmstripPipeline(FilmstripRequest request, List<Network> networks, Job job) {
    this.request = request;
    this.networks = networks;
    this.job = job;
    this.answers = job.opened().answers();
  }

  public static FilmstripResult run(FilmstripRequest request, Progress progress) {
    List<Network> networks =
        TrainingSteps.read(request.setup().network()).stream()
            .<Network>map(ClassifierNetwork::new)
            .toList();
    Network last = networks.get(networks.size() - 1);
    OpenedImages data = OpenedImages.of(request.setup().data(), Split.TEST, last, progress);
    try (Job job = Job.start(Opened.of(request.setup(), last, data, progress))) {
      return new FilmstripPipeline(request, networks, job).draw();
    }
  }

  private FilmstripResult draw() {
    List<Node> nodes = MapNodes.of(job.network(), request.layers(), "ReLU");
    int image = choose();
    List<String> files = new ArrayList<>();
    for (Node node : nodes) {
      files.addAll(List.of(node.name() + ".png", node.name() + ".gif"));
    }
    List<String> rows =
        networks.stream()
            .map(network -> name(network.location()) + ": " + answers.longest(MOST_LETTERS))
            .toList();
    LayerSheet planned = new LayerSheet(job.images(), images(image), rows, request.pictures());
    nodes.forEach(
        node ->
            planned.check(explanation(node, image), node.channels(), node.height(), node.width()));
    try (OutputWriter out = new OutputWriter("filmstrip", job, files, request.options())) {
      nodes.forEach(node -> activations.put(node, new Activations(networks.size())));
      networks.forEach(network -> look(network, nodes, image));
      FilmstripResult.FilmstripDetails details =
          new FilmstripResult.FilmstripDetails(
              image + 1,
              job.images().source(image),
              job.data().label(image),
              frames,
              draw(image, out.folder()));
      out.complete(
          files, details, details, answers.namesOf(Collections.singleton(details.label())));
      warnOfNonFinite(details);
      job.progress()
          .result(
              "%s of %s at %s in %s; %s"
                  .formatted(
                      Text.count(details.layers().size(), "layer"),
                      job.data().oneOfMany(image),
                      Text.count(frames.size(), "checkpoint"),
                      request.setup().output().folder(),
                      out.lookAt(files)));
      return new FilmstripResult(job.facts().withoutCheckpoint(), details);
    }
  }

  private void warnOfNonFinite(FilmstripResult.FilmstripDetails details) {
    NonFiniteWarning.tell(
        networks,
        new NonFiniteWarning.Computed(
            frames.stream().filter(frame -> !frame.prediction().isKnown()).count(),
            frames.size(),
            "checkpoint",
            details.layers().stream().mapToLong(l -> NonFinite.sum(l.notANumber())).sum()),
        job.progress());
  }

  /** The one image that is shown, counted from 0. */
  private int choose() {
    int[] chosen = job.choose(request.image());
    if (chosen.length != 1) {
      throw new InvalidValueException(
          Settings.named(
                  "a filmstrip is of one image, not of %,d: name one with {index} or {image}")
              .formatted(chosen.length));
    }
    return chosen[0];
  }

  private void look(Network network, List<Node> nodes, int image) {
    if (network == job.network()) {
      look(job.session(), nodes, nodes, image);
    } else {
      // Networks of one training have their layers at the same places.
      List<Node> here =
          nodes.stream()
              .map(node -> network.nodes().get(job.network().nodes().indexOf(node)))
              .toList();
      try (Session session = network.start(request.setup().compute())) {
        look(session, here, nodes, image);
      }
    }
    job.ticker("checkpoints").done(frames.size(), networks.size());
  }

  private void look(Session session, List<Node> here, List<Node> nodes, int image) {
    int number = frames.size();
    Network network = session.network();
    new Probe(session, job.images(), here, 1, true)
        .run(
            new int[] {image},
            new Probe.Consumer() {
              @Override
              public void node(Node node, Batch batch, int[] shape, float[] values) {
                activations.get(nodes.get(here.indexOf(node))).put(number, shape, values);
              }

              @Override
              public void logits(Batch batch, float[] logits) {
                frames.add(
                    new FilmstripResult.Frame(
                        network.location(),
                        network.sha256(),
                        NonFinite.orNull(network.notNumbers()),
                        answers.of(logits, 0)));
              }
            },
            (done, total) -> {});
  }

  private List<FilmstripResult.Strip> draw(int image, OutputFolder out) {
    List<String> rows = new ArrayList<>();
    for (FilmstripResult.Frame frame : frames) {
      rows.add(name(frame.checkpoint()) + ": " + answers.brief(frame.prediction(), MOST_LETTERS));
    }
    LayerSheet sheet = new LayerSheet(job.images(), images(image), rows, request.pictures());
    List<FilmstripResult.Strip> strips = new ArrayList<>();
    try (PngWriter png = new PngWriter()) {
      activations.forEach(
          (node, maps) -> {
            FilmstripResult.Strip strip = strip(node, maps);
            out.write(
                strip.picture(),
                sheet.draw(explanation(node, image), maps, strip.columns(), Set.of()),
                png);
            Filmstrip film = new Filmstrip(maps, strip.columns(), rows, request.pictures());
            out.write(
                strip.animation(), stream -> GifWriter.write(film.frames(node.name()), stream));
            strips.add(strip);
          });
    }
    return strips;
  }

  private String explanation(Node node, int image) {
    return "%s for %s: rows are checkpoints and what they predict%ncolumns are channels, counted from 0, those that changed most first"
        .formatted(node.name(), job.data().oneOfMany(image));
  }

  /** The one image, for each checkpoint. */
  private int[] images(int image) {
    return IntStream.generate(() -> image).limit(networks.size()).toArray();
  }

  private static String name(String checkpoint) {
    return Path.of(checkpoint).getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  private static FilmstripResult.Strip strip(Node node, Activations maps) {
    double[] movements = maps.movements();
    long[] notNumbers = maps.notNumbers();
    List<Integer> columns = Activations.ranked(movements);
    return new FilmstripResult.Strip(
        node.name() + ".png",
        node.name() + ".gif",
        node.name(),
        columns,
        columns.stream().mapToDouble(c -> movements[c]).toArray(),
        NonFinite.orNull(columns.stream().mapToLong(c -> notNumbers[c]).toArray()));
  }
}
