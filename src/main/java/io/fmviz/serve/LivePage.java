package io.fmviz.serve;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Split;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.report.Text;
import io.fmviz.runtime.ProcessMemory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A network on a page of its own, from when it is started until it is closed. */
public final class LivePage implements AutoCloseable {
  /** Longer than any network takes for one picture, and for being made ready for others' maps. */
  private static final long LIMIT_SECONDS = 60;

  /** After so long without a question, what is kept for the next one is given back. */
  private static final long IDLE_SECONDS = 30;

  private final Network network;
  private final Session session;
  private final ServedLayers layers;
  private final Watch watch = new Watch(BoundedTask.Limits.of(LIMIT_SECONDS));
  private final InferenceQueue work;
  private final TopActivations strongest;
  private final WebServer web;
  private final CountDownLatch closed = new CountDownLatch(1);

  private LivePage(
      ServeRequest request,
      Network network,
      Supplier<OpenedImages> images,
      OpenedImages own,
      Progress progress) {
    this.network = network;
    this.layers = new ServedLayers(network);
    this.session = network.start(request.compute());
    this.work = new InferenceQueue(watch, session::stop);
    ForwardPasses passes = new ForwardPasses(session, layers);
    work.restAfter(
        IDLE_SECONDS,
        () -> {
          passes.rest();
          ProcessMemory.giveBack();
        });
    this.strongest =
        new TopActivations(
            new TopActivations.Source(
                network, images, () -> new WatchedSession(network.start(request.compute()), watch)),
            layers,
            work::isBusy,
            new TopActivationsCache(request.cache()),
            progress);
    Endpoints endpoints =
        new Endpoints(
            network,
            layers,
            names(network, own),
            new Example.Later(() -> Example.of(network, request.data(), own)),
            new Endpoints.Tools(work, passes, strongest));
    try {
      this.web = WebServer.start(request.address(), PageFiles.table(), endpoints.table(), progress);
    } catch (RuntimeException e) {
      watch.close();
      session.close();
      throw e;
    }
  }

  /**
   * Starts it.
   *
   * @throws UserException if the network or the images can't be read, or the port is taken
   */
  public static LivePage start(ServeRequest request, Progress progress) {
    Network network = request.network().of(request.data()).open(progress);
    if (network.input().reading() == null || network.nodes().stream().noneMatch(n -> n.hasMaps())) {
      throw new UserException(
          network.location() + " has no layer with maps: there is nothing to show");
    }
    OpenedImages own =
        request.data().pictures() == null
            ? null
            : OpenedImages.of(request.data(), Split.TEST, network, progress);
    Supplier<OpenedImages> images =
        () -> own == null ? OpenedImages.of(request.data(), Split.TEST, network, progress) : own;
    ProcessMemory.keepSmall();
    LivePage page = new LivePage(request, network, images, own, progress);
    page.tell(request, progress);
    return page;
  }

  /** A dataset's classes are numbers. */
  private static List<String> names(Network network, OpenedImages own) {
    if (!network.classNames().isEmpty()) {
      return network.classNames();
    }
    if (own != null && !own.classNames().isEmpty()) {
      return own.classNames();
    }
    return network.defaults().dataset()
        ? IntStream.range(0, network.classes()).mapToObj(String::valueOf).toList()
        : List.of();
  }

  private void tell(ServeRequest request, Progress progress) {
    if (!web.isLoopback()) {
      progress.warn(
          "OTHER MACHINES CAN REACH THIS PAGE: it listens on %s, and what it sends is not encrypted; whoever knows the address sees the network"
              .formatted(request.address().host()));
    }
    network.notShown().forEach(progress::note);
    progress.note(network.input().reading().text());
    progress.result(
        "%s of %s live at %s"
            .formatted(
                Text.count(layers.nodes().size(), "layer"), network.location(), web.address()));
    progress.note("Ctrl-C ends it");
  }

  /** Opens it in a person's browser, if there is one. */
  public void openBrowser(Progress progress) {
    Opening.ofUser(progress).open(web);
  }

  /** Facts of it, and how to reach it. */
  public ServeResult facts() {
    return new ServeResult(
        web.address(), web.port(), network.location(), layers.nodes().size(), session.device());
  }

  /** Waits until it is closed. */
  public void await() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    web.close();
    session.stop();
    strongest.close();
    work.close();
    session.close();
    watch.close();
    closed.countDown();
  }
}
