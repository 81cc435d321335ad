package io.fmviz.serve;

/** Who waits for a reply. */
@FunctionalInterface
interface Client {
  /** One who stays. */
  Client PATIENT = () -> false;

  /** Whether it has hung up. */
  boolean isGone();
}
