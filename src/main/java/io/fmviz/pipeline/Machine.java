package io.fmviz.pipeline;

import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import io.fmviz.probe.Aggregation;
import io.fmviz.probe.Probe;
import io.fmviz.probe.Statistic;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * What carries a command out: this machine, unless another is given. What grows with the number of
 * images is done there; all else here.
 */
public interface Machine {
  /** This one. */
  Machine HERE = new Machine() {};

  /** What a text means that a person gives as a path. */
  default Path path(String text) {
    return Path.of(text);
  }

  /** Whether it is a cluster, which carries out some commands only. */
  default boolean isCluster() {
    return false;
  }

  /** Where is computed, as was asked for; refuses what can't be. */
  default Compute compute(Compute asked) {
    return asked;
  }

  /** A network, read and ready to be looked at. */
  default Network open(NetworkRequest request) {
    return request.open();
  }

  /** The same, and time that it takes is shown. */
  default Network open(NetworkRequest request, Progress progress) {
    return request.opening(progress, () -> open(request));
  }

  /** Whether a file in the folder that is written to names the pictures that were passed over. */
  default boolean listsPassedOver() {
    return false;
  }

  /**
   * Gathers a statistic of the first so many images; those that can't be read are passed over.
   *
   * @param session of the network that {@link #open} gave
   * @param opened the images
   * @throws io.fmviz.base.UserException if none can be read
   */
  default <S extends Statistic<S>> S gather(
      Aggregation<S> pass, Session session, OpenedImages opened, int count, Probe.Ticker ticker) {
    return pass.run(session, opened.images(), IntStream.range(0, count).toArray(), ticker);
  }
}
