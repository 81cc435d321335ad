package io.fmviz.probe;

import io.fmviz.dataset.Images;
import io.fmviz.network.Session;
import java.io.Serializable;

/**
 * A way of gathering a statistic of images that go through a network. It can be sent to other
 * machines, which have the same network and some of the images each: it holds neither.
 */
@FunctionalInterface
public interface Aggregation<S extends Statistic<S>> extends Serializable {
  /**
   * Runs images.
   *
   * @param order their indices, from 0, as they are to be taken
   * @return of these images alone; of none, what others can be merged into
   */
  S run(Session session, Images images, int[] order, Probe.Ticker ticker);
}
