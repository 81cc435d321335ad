package io.fmviz.pipeline;

import ai.djl.ndarray.NDArray;
import io.fmviz.dataset.LabeledImages;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the layers made of a batch of images, each image's maps by themselves, copied out of the
 * engine once. The memory is used again for the next batch.
 */
final class CapturedBatch {
  private final List<List<FeatureMaps>> images = new ArrayList<>();
  private int position;

  CapturedBatch(int size) {
    for (int i = 0; i < size; i++) {
      images.add(new ArrayList<>());
    }
  }

  /** Forgets the maps of the batch before. */
  void clear() {
    position = 0;
  }

  /** The maps of one image, in the order in which they were added. */
  List<FeatureMaps> of(int image) {
    return images.get(image).subList(0, position);
  }

  /** Adds the images themselves. */
  void addImages(LabeledImages source, int[] indices) {
    for (int i = 0; i < images.size(); i++) {
      put(i, FeatureMaps.of(source, indices[i]));
    }
    position++;
  }

  /**
   * Adds maps of every image.
   *
   * @param array {@code (image, channel, height, width)}
   */
  void add(String name, NDArray array) {
    long[] shape = array.getShape().getShape().clone();
    shape[0] = 1;
    int size = Math.toIntExact(array.size() / images.size());
    FloatBuffer values = array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int i = 0; i < images.size(); i++) {
      float[] copy = memory(i, size);
      values.get(copy);
      put(i, new FeatureMaps(name, shape, copy));
    }
    position++;
  }

  private float[] memory(int image, int size) {
    List<FeatureMaps> maps = images.get(image);
    boolean fits = position < maps.size() && maps.get(position).values().length == size;
    return fits ? maps.get(position).values() : new float[size];
  }

  private void put(int image, FeatureMaps maps) {
    List<FeatureMaps> list = images.get(image);
    if (position < list.size()) {
      list.set(position, maps);
    } else {
      list.add(maps);
    }
  }
}
