package io.fmviz.library;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.dataset.Split;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.OutputRequest;
import io.fmviz.pipeline.PictureChoice;
import io.fmviz.pipeline.PicturesRequest;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Setup;
import io.fmviz.pipeline.visualize.VisualizePipeline;
import io.fmviz.pipeline.visualize.VisualizeRequest;
import io.fmviz.pipeline.visualize.VisualizeResult;
import io.fmviz.probe.ImageChoice;
import io.fmviz.probe.LayerSelection;
import io.fmviz.probe.MapNodes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A network whose feature maps a program wants, as numbers or as pictures in a folder:
 *
 * <pre>{@code
 * try (FeatureExtractor network = FeatureExtractor.open(Path.of("net.onnx")).layers("ReLU_*")) {
 *   Map<String, FeatureMaps> maps = network.extract(Path.of("cat.jpg"));
 *   network.write(Path.of("maps"), Path.of("photos"));
 * }
 * }</pre>
 *
 * <p>Whatever is wrong with a file or a value is a {@link UserException}. What the command line
 * would say on standard error, such as how pictures are read where that is a guess, is logged. One
 * thread uses it at a time.
 */
public final class FeatureExtractor implements AutoCloseable {
  /** As the command line draws where nobody says otherwise. */
  private static final PictureChoice USUAL =
      new PictureChoice(null, 2, 0.5f, null, null, null, false);

  private final Network network;
  private final Compute compute = new Compute("auto", Runtime.getRuntime().availableProcessors());
  private final Progress progress = new LoggedProgress();
  private LayerSelection layers;
  private Session session;
  private boolean isReadingTold;

  private FeatureExtractor(Network network) {
    this.network = network;
  }

  /** Opens an ONNX file, or a checkpoint of the built-in classifier. */
  public static FeatureExtractor open(Path file) {
    return plainly(() -> of(NetworkRequest.ofCheckpoint(file.toString(), Path.of("")).open()));
  }

  /** Takes a network that is there, of DJL's blocks perhaps; it stays open. */
  public static FeatureExtractor of(Network network) {
    return new FeatureExtractor(network);
  }

  /**
   * Chooses layers, instead of all that have maps.
   *
   * @param names as {@link LayerSelection} takes them: names, types, paths or globs
   */
  public FeatureExtractor layers(String... names) {
    layers = plainly(() -> LayerSelection.of(List.of(names)));
    nodes();
    return this;
  }

  /** What is looked at: its layers, what it takes, what of it can't be shown. */
  public Network network() {
    return network;
  }

  /** The chosen layers' maps of the picture in a file, by layer, in forward order. */
  public Map<String, FeatureMaps> extract(Path picture) {
    return plainly(
        () -> {
          OpenedImages image = pictures(picture);
          if (!isReadingTold) {
            progress.note(image.pictures().reading());
            isReadingTold = true;
          }
          return extract(image);
        });
  }

  /**
   * The same of an image as the network takes it.
   *
   * @param image {@code (channel, height, width)}, row by row
   */
  public Map<String, FeatureMaps> extract(float[] image) {
    return plainly(() -> extract(floats(image)));
  }

  /**
   * Draws the chosen layers' maps of pictures into a folder, as {@code fmviz visualize} does.
   *
   * @param pictures files, or folders of such
   * @return what it came to, and which pictures couldn't be read
   */
  public VisualizeResult write(Path folder, Path... pictures) {
    return plainly(() -> write(folder, pictures(pictures)));
  }

  /**
   * The same of images as the network takes them.
   *
   * @param images {@code (image, channel, height, width)}, row by row
   */
  public VisualizeResult write(Path folder, float[] images) {
    return plainly(() -> write(folder, floats(images)));
  }

  private Map<String, FeatureMaps> extract(OpenedImages images) {
    if (images.images().count() != 1) {
      throw new UserException(
          "maps are extracted of one image at a time, not of %d"
              .formatted(images.images().count()));
    }
    if (session == null) {
      session = network.start(compute);
    }
    Map<String, FeatureMaps> maps = new LinkedHashMap<>();
    session.run(
        Batch.of(images.images(), new int[] {0}, 0, 1),
        Set.copyOf(nodes()),
        (node, output) -> {
          float[] values = new float[Math.toIntExact(node.size())];
          output.get(values);
          long[] shape = {1, node.channels(), node.height(), node.width()};
          maps.put(node.name(), new FeatureMaps(node.name(), shape, values));
        });
    return maps;
  }

  private VisualizeResult write(Path folder, OpenedImages images) {
    Setup setup = new Setup(null, null, new OutputRequest(folder, false, true), compute);
    VisualizeRequest request =
        new VisualizeRequest(
            setup,
            new ImageChoice(images.images().count(), 1, null, null, false),
            layers,
            null,
            Set.of(VisualizeRequest.Capture.OUTPUT),
            Set.of(MapsFormat.PNG),
            false,
            USUAL);
    return VisualizePipeline.run(request, Opened.of(setup, network, images, progress));
  }

  private List<Node> nodes() {
    return plainly(() -> MapNodes.of(network, layers));
  }

  private OpenedImages pictures(Path... files) {
    if (network.input().reading() == null) {
      throw new UserException(
          "%s doesn't say how pictures are read: give its images as floats"
              .formatted(network.location()));
    }
    DataRequest data = new DataRequest(null, null, new PicturesRequest(List.of(files), null, null));
    return OpenedImages.of(data, Split.TEST, network, progress);
  }

  private OpenedImages floats(float[] values) {
    InputForm form = network.input();
    return new OpenedImages(
        new FloatImages(values, form.channels(), form.height(), form.width()), null, null);
  }

  /** Has settings in messages stand as words: there are no options that they are called by. */
  private static <T> T plainly(Supplier<T> work) {
    try {
      return work.get();
    } catch (UserException | IllegalArgumentException e) {
      throw new UserException(Settings.bare(String.valueOf(e.getMessage())), e);
    }
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
