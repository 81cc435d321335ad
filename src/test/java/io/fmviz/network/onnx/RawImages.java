package io.fmviz.network.onnx;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.Picture;
import java.nio.FloatBuffer;

/** A tensor {@code (count, channels, height, width)} as images, with its numbers as they are. */
record RawImages(PeerModels.Values values) implements Images {
  @Override
  public int count() {
    return (int) values.shape()[0];
  }

  @Override
  public int channels() {
    return (int) values.shape()[1];
  }

  @Override
  public int height() {
    return (int) values.shape()[2];
  }

  @Override
  public int width() {
    return (int) values.shape()[3];
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    target.put(values.values(), index * size(), size());
  }

  @Override
  public Picture picture(int index) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String title(int index) {
    return String.valueOf(index + 1);
  }

  @Override
  public Images first(int count) {
    throw new UnsupportedOperationException();
  }
}
