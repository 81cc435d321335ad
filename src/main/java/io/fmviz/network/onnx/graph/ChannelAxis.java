package io.fmviz.network.onnx.graph;

/** Where a tensor of maps, which has four dimensions, has its channels. */
public enum ChannelAxis {
  /** {@code (batch, channels, height, width)}, as ONNX's convolutions have it. */
  FIRST(1, 2),
  /** {@code (batch, height, width, channels)}, as Keras has it. */
  LAST(3, 1);

  private static final int DIMENSIONS = 4;

  private final int channels;
  private final int rows;

  ChannelAxis(int channels, int rows) {
    this.channels = channels;
    this.rows = rows;
  }

  /** The axis of the channels, from 0. */
  public int channels() {
    return channels;
  }

  /** The axis of the rows, from 0; that of the columns is the next. */
  public int rows() {
    return rows;
  }

  /** Whether an axis is that of the channels, from the first one or, below 0, from the last one. */
  public boolean isOfChannels(long axis) {
    return Math.floorMod(axis, (long) DIMENSIONS) == channels;
  }
}
