package io.fmviz.serve;

import io.fmviz.analysis.ReceptiveField;
import io.fmviz.analysis.TopAggregation;
import io.fmviz.analysis.TopResponses;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import io.fmviz.image.RgbImage;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Pictures;
import io.fmviz.pipeline.Progress;
import io.fmviz.probe.Probe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The images of a dataset, or a user's, that each map responds to most. They are looked for when
 * the first is asked for, on a thread of its own that waits while somebody draws.
 */
final class TopActivations implements AutoCloseable {
  /** Of each map. */
  static final int COUNT = 9;

  private static final String NO_PICTURES =
      "no dataset has images for this network: start this page with pictures of your own";

  private static final int MOST_SIDE = 96;
  private static final long PATIENCE_MILLIS = 5;

  private final Source source;
  private final ServedLayers layers;
  private final BooleanSupplier isBusy;
  private final TopActivationsCache cache;
  private final Progress progress;
  private Thread thread;
  private volatile boolean isClosed;
  private volatile State state = new State("looking", 0, 0, null);
  private volatile Map<Node, List<List<TopResponses.Response>>> found;
  private volatile OpenedImages opened;

  /**
   * What is looked through.
   *
   * @param images null where there are none
   * @param session starts another one of the same network
   */
  record Source(Network network, Supplier<OpenedImages> images, Supplier<Session> session) {}

  /**
   * How far it is.
   *
   * @param state {@code looking}, {@code found}, or {@code missing} with a line that says why
   */
  private record State(String state, long done, long total, String line) {}

  /**
   * What is known.
   *
   * @param of what they are of, for people; null as long as that isn't known
   */
  record Report(
      String state, long done, long total, String line, String of, List<TopImage> images) {}

  /**
   * An image.
   *
   * @param number from 1
   * @param source the file; null for an image of a dataset
   * @param label what it shows; null where that isn't known
   * @param at where its {@code (height, width, 3)} bytes are
   * @param frame left, top, width and height of what the place in the map sees, as shares of the
   *     image's sides
   */
  record TopImage(
      int number,
      String source,
      String label,
      float value,
      int at,
      int height,
      int width,
      double[] frame) {}

  TopActivations(
      Source source,
      ServedLayers layers,
      BooleanSupplier isBusy,
      TopActivationsCache cache,
      Progress progress) {
    this.source = source;
    this.layers = layers;
    this.isBusy = isBusy;
    this.cache = cache;
    this.progress = progress;
  }

  /** A map's images, or how far the search is. */
  Reply of(ServedLayers.One one) {
    begin();
    State now = state;
    Packed packed = new Packed();
    List<TopImage> images =
        found == null
            ? List.of()
            : found.get(one.node()).get(one.channel()).stream()
                .map(response -> image(one.node(), response, packed))
                .toList();
    String of = opened == null ? null : opened.text(opened.images().count());
    return packed.reply(new Report(now.state(), now.done(), now.total(), now.line(), of, images));
  }

  private synchronized void begin() {
    if (thread == null) {
      thread = InferenceQueue.daemon(this::look, "fmviz-strongest");
      thread.start();
    }
  }

  private void look() {
    try {
      OpenedImages images = source.images().get();
      opened = images;
      String key = cache.key(source.network(), layers, images);
      Map<Node, List<List<TopResponses.Response>>> known =
          cache.read(key, layers, images.images().count());
      if (known == null) {
        known = search(images);
        cache.write(key, layers, known);
      }
      found = known;
      state = new State("found", images.images().count(), images.images().count(), null);
    } catch (Ended e) {
      state = new State("missing", 0, 0, "the server is stopping");
    } catch (InvalidValueException e) {
      // No pictures were given, and no dataset is of the network's form.
      state = new State("missing", 0, 0, NO_PICTURES);
    } catch (UserException | Refusal e) {
      state = new State("missing", 0, 0, UserException.oneLine(e.getMessage()));
    } catch (RuntimeException | Error e) {
      progress.failed(e);
      state = new State("missing", 0, 0, "the search failed: fmviz's terminal says more");
    }
  }

  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Map<Node, List<List<TopResponses.Response>>> search(OpenedImages images) {
    Map<Node, List<List<TopResponses.Response>>> all = new LinkedHashMap<>();
    try (Session session = source.session().get()) {
      // Small batches: who draws waits for one.
      Probe probe = new Probe(session, images.images(), layers.nodes(), 16, true);
      TopAggregation.gather(
              probe,
              layers.nodes(),
              COUNT,
              probe.all(),
              (done, total) -> {
                state = new State("looking", done, total, null);
                giveWay();
              })
          .forEach((node, of) -> all.put(node, of.responses()));
    }
    return all;
  }

  private void giveWay() {
    try {
      do {
        if (isClosed) {
          throw new Ended();
        }
        Thread.sleep(isBusy.getAsBoolean() ? PATIENCE_MILLIS : 0);
      } while (isBusy.getAsBoolean());
    } catch (InterruptedException e) {
      throw new Ended();
    }
  }

  private TopImage image(Node node, TopResponses.Response response, Packed packed) {
    RgbImage picture = Pictures.of(opened.images().picture(response.image()));
    RgbImage small = picture.within(MOST_SIDE);
    byte[] bytes = new byte[3 * small.height() * small.width()];
    for (int y = 0, i = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        int pixel = small.pixel(y, x);
        bytes[i++] = (byte) (pixel >> 16);
        bytes[i++] = (byte) (pixel >> 8);
        bytes[i++] = (byte) pixel;
      }
    }
    Integer label = opened.label(response.image());
    List<String> names = opened.images().classNames();
    return new TopImage(
        response.image() + 1,
        opened.images().source(response.image()),
        label == null ? null : label < names.size() ? names.get(label) : label.toString(),
        response.value(),
        packed.add(bytes),
        small.height(),
        small.width(),
        frame(node, response));
  }

  /** What a position sees; where that isn't known, where it lies. */
  private double[] frame(Node node, TopResponses.Response response) {
    double height = source.network().input().height();
    double width = source.network().input().width();
    ReceptiveField field = ReceptiveField.of(node).orElse(null);
    if (field == null) {
      return new double[] {
        (double) response.column() / node.width(),
        (double) response.row() / node.height(),
        1.0 / node.width(),
        1.0 / node.height()
      };
    }
    return new double[] {
      field.start(response.column()) / width,
      field.start(response.row()) / height,
      field.size() / width,
      field.size() / height
    };
  }

  @Override
  public void close() {
    isClosed = true;
    Thread running;
    synchronized (this) {
      running = thread;
      thread = Thread.currentThread();
    }
    if (running != null) {
      running.interrupt();
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
