package io.fmviz.probe;

import java.io.Serializable;

/**
 * What was gathered of some images, small however many these are. Statistics of different images
 * can be merged, in whatever order; they can be sent to other machines.
 */
public interface Statistic<S extends Statistic<S>> extends Serializable {
  /** Adds what another statistic of the same kind has gathered; it stays as it is. */
  void merge(S other);
}
