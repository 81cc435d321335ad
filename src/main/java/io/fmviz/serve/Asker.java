package io.fmviz.serve;

/** Who waits for a reply. */
@FunctionalInterface
interface Asker {
  /** One who stays. */
  Asker PATIENT = () -> false;

  /** Whether it has hung up. */
  boolean isGone();
}
