package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.base.AtomicFile;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.Split;
import io.fmviz.forward.Layer;
import io.fmviz.image.GifWriter;
import io.fmviz.image.PngWriter;
import io.fmviz.model.Classifier;
import io.fmviz.runtime.Torch;
import io.fmviz.training.Logits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Shows how a layer's maps of one image came to be, checkpoint by checkpoint. */
public final class FilmstripPipeline {
  private final FilmstripRequest request;
  private final List<Checkpoint> checkpoints;
  private final OpenedImages source;
  private final Progress progress;
  private final List<FilmstripResult.Frame> frames = new ArrayList<>();
  private final Map<String, Activations> activations = new LinkedHashMap<>();

  private FilmstripPipeline(
      FilmstripRequest request,
      List<Checkpoint> checkpoints,
      OpenedImages source,
      Progress progress) {
    this.request = request;
    this.checkpoints = checkpoints;
    this.source = source;
    this.progress = progress;
  }

  public static FilmstripResult run(FilmstripRequest request, Progress progress) {
    List<Checkpoint> checkpoints = TrainingSteps.read(request.checkpoint());
    OpenedImages source = OpenedImages.open(request.data(), request.image(), progress);
    CheckpointRequest.checkFits(last(checkpoints), source.opened(), progress);
    return new FilmstripPipeline(request, checkpoints, source, progress).draw();
  }

  private static Checkpoint last(List<Checkpoint> checkpoints) {
    return checkpoints.get(checkpoints.size() - 1);
  }

  private FilmstripResult draw() {
    Device device = Torch.start(request.compute());
    long start = System.nanoTime();
    try (NDManager manager = NDManager.newBaseManager(device);
        OutputFolder out = new OutputFolder(request.out())) {
      Scene scene = scene(manager);
      int image = scene.image();
      List<String> files = new ArrayList<>();
      for (Layer layer : scene.layers()) {
        files.addAll(List.of(layer.name() + ".png", layer.name() + ".gif"));
      }
      Provenance provenance =
          new Provenance(
              "filmstrip", last(checkpoints), source.opened(), Split.TEST, request.options());
      out.prepare(provenance.planned(files), request.force());
      for (Checkpoint checkpoint : checkpoints) {
        look(checkpoint, manager, scene);
      }
      FilmstripResult.Details details =
          new FilmstripResult.Details(
              image + 1, source.file(image), source.label(image), frames, draw(out, image));
      out.write(provenance.complete(files, details));
      progress.result(
          "%s of image %s at %d checkpoints in %s"
              .formatted(
                  Text.count(details.layers().size(), "layer"),
                  source.title(image),
                  frames.size(),
                  request.out()));
      return result(device, details, out, (System.nanoTime() - start) / 1e9);
    }
  }

  /** What is shown: an image, counted from 0, in some layers. */
  private record Scene(List<Layer> layers, int image) {}

  /** As the last of the networks has its layers, and classifies the images. */
  private Scene scene(NDManager manager) {
    Checkpoint last = last(checkpoints);
    try (Classifier classifier = new Classifier(manager, last.widths(), last)) {
      List<Layer> layers = MapLayers.of(classifier.block(), request.layers(), "ReLU");
      return new Scene(layers, choose(classifier, manager));
    }
  }

  private int choose(Classifier classifier, NDManager manager) {
    int[] chosen =
        new ImageSelection(request.image(), source, progress).choose(classifier, manager);
    if (chosen.length != 1) {
      throw new UserException(
          "a filmstrip is of one image, not of %,d: name one with --indices or --image"
              .formatted(chosen.length));
    }
    return chosen[0];
  }

  private void look(Checkpoint checkpoint, NDManager manager, Scene scene) {
    int number = frames.size();
    try (Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint)) {
      new ActivationPass(classifier, manager, source.images(), scene.layers())
          .run(
              new int[] {scene.image()},
              new ActivationPass.Consumer() {
                @Override
                public void layer(Layer layer, int first, int[] shape, float[] values) {
                  activations
                      .computeIfAbsent(layer.name(), name -> new Activations(checkpoints.size()))
                      .put(number, shape, values);
                }

                @Override
                public void logits(int first, int count, float[] logits) {
                  frames.add(
                      new FilmstripResult.Frame(
                          checkpoint.file().toString(),
                          Provenance.facts(checkpoint).sha256(),
                          Logits.predicted(logits, 0, logits.length)));
                }
              },
              "images",
              progress);
    }
    progress.step("checkpoints", frames.size(), checkpoints.size(), "");
  }

  private List<FilmstripResult.Strip> draw(OutputFolder out, int image) {
    List<String> rows = new ArrayList<>();
    for (FilmstripResult.Frame frame : frames) {
      String name = Path.of(frame.checkpoint()).getFileName().toString();
      rows.add(name.replaceFirst("\\.[^.]*$", "") + ": " + frame.predicted());
    }
    int[] images = IntStream.generate(() -> image).limit(rows.size()).toArray();
    LayerSheet sheet = new LayerSheet(source.images(), images, rows, request.pictures());
    List<FilmstripResult.Strip> strips = new ArrayList<>();
    try (PngWriter png = new PngWriter()) {
      activations.forEach(
          (layer, maps) -> {
            FilmstripResult.Strip strip = strip(layer, maps);
            String title =
                "%s for image %s: rows are checkpoints and what they take it for%ncolumns are channels, counted from 0, those that moved most first"
                    .formatted(layer, source.title(image));
            out.write(strip.picture(), sheet.draw(title, maps, strip.columns(), Set.of()), png);
            Filmstrip film = new Filmstrip(maps, strip.columns(), rows, request.pictures());
            AtomicFile.write(
                out.resolve(strip.animation()),
                stream -> GifWriter.write(film.frames(layer), stream));
            strips.add(strip);
          });
    }
    return strips;
  }

  private static FilmstripResult.Strip strip(String layer, Activations maps) {
    double[] movements = maps.movements();
    List<Integer> columns = Activations.ranked(movements);
    return new FilmstripResult.Strip(
        layer + ".png",
        layer + ".gif",
        layer,
        columns,
        columns.stream().mapToDouble(c -> movements[c]).toArray());
  }

  private FilmstripResult result(
      Device device, FilmstripResult.Details details, OutputFolder out, double seconds) {
    return new FilmstripResult(
        source.opened() == null ? null : source.name(),
        source.fallbackReason(),
        Torch.name(device),
        request.compute().threads(),
        details.image(),
        details.source(),
        details.label(),
        details.frames(),
        details.layers(),
        request.out().toString(),
        out.manifest().toString(),
        seconds);
  }
}
