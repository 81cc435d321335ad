package io.fmviz.serve;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.Picture;
import java.nio.FloatBuffer;

/** One of some images, as images of one. */
record OneImage(Images all, int index) implements Images {
  @Override
  public int count() {
    return 1;
  }

  @Override
  public int channels() {
    return all.channels();
  }

  @Override
  public int height() {
    return all.height();
  }

  @Override
  public int width() {
    return all.width();
  }

  @Override
  public void copyTo(FloatBuffer target, int at) {
    all.copyTo(target, index);
  }

  @Override
  public Picture picture(int at) {
    return all.picture(index);
  }

  @Override
  public String title(int at) {
    return all.title(index);
  }

  @Override
  public Images first(int count) {
    return this;
  }
}
