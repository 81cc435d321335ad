package io.fmviz.model;

import java.util.ArrayList;
import java.util.List;

/**
 * How a layer of the classifier goes over its input, the same in both directions: what one value of
 * its output depends on.
 *
 * @param layer type and index, {@code MaxPool2d_1}
 * @param kernel rows and columns that one output value is made from
 * @param stride from one output value's to the next one's, in input pixels
 * @param padding rows and columns of zeros before the first
 */
public record Window(String layer, int kernel, int stride, int padding) {
  /** The windows of all layers that have maps, in forward order, for images of a given height. */
  public static List<Window> ofClassifier(int size) {
    List<Window> windows = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      windows.add(new Window("Conv2d_" + i, ClassifierWidths.KERNEL, 1, 1));
      windows.add(new Window("ReLU_" + i, 1, 1, 0));
      if (i < 3) {
        windows.add(new Window("MaxPool2d_" + i, 2, 2, 0));
      }
    }
    int last = size / 4; // after two poolings
    windows.add(new Window("AdaptiveAvgPool2d_1", last, last, 0));
    return windows;
  }
}
