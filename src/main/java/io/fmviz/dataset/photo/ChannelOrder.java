package io.fmviz.dataset.photo;

/** Which of a picture's colours a network's channels are. */
public enum ChannelOrder {
  RGB,
  BGR,
  /** ITU-R BT.601's grey, once or in all three channels. */
  GRAY
}
