package io.fmviz.dataset.photo;

import java.util.Locale;

/** Which of a picture's colours a network's channels are. */
public enum ChannelOrder {
  RGB,
  BGR,
  /** ITU-R BT.601's grey, once or in all three channels. */
  GRAY;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
