package io.fmviz.pipeline.compare;

import java.util.Locale;

/** In which order the channels of a layer stand beside each other. */
public enum ChannelOrder {
  /** By their numbers. */
  CHANNEL,
  /** By their means over the images, the largest first. */
  ACTIVITY;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
