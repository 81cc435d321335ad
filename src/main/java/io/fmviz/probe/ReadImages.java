package io.fmviz.probe;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.Original;
import io.fmviz.dataset.PassedOver;
import io.fmviz.dataset.Picture;
import io.fmviz.dataset.Reading;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images, some of which are read already. */
final class ReadImages implements Images {
  private final Images all;
  private final Map<Integer, float[]> values = new HashMap<>();

  ReadImages(Images all, List<ReadAhead.Read> read) {
    this.all = all;
    read.forEach(one -> values.put(one.index(), one.values()));
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    float[] read = values.get(index);
    if (read == null) {
      all.copyTo(target, index);
    } else {
      target.put(read);
    }
  }

  @Override
  public int count() {
    return all.count();
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
  public int label(int index) {
    return all.label(index);
  }

  @Override
  public List<String> classNames() {
    return all.classNames();
  }

  @Override
  public Picture picture(int index) {
    return all.picture(index);
  }

  @Override
  public Original original(int index) {
    return all.original(index);
  }

  @Override
  public String title(int index) {
    return all.title(index);
  }

  @Override
  public String source(int index) {
    return all.source(index);
  }

  @Override
  public Reading reading(int index) {
    return all.reading(index);
  }

  @Override
  public boolean isLazy() {
    return all.isLazy();
  }

  @Override
  public void passOver(int index, String reason) {
    all.passOver(index, reason);
  }

  @Override
  public List<PassedOver> passedOver() {
    return all.passedOver();
  }

  @Override
  public Images first(int count) {
    return all.first(count);
  }
}
