package io.fmviz.pipeline.visualize;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.PassedOver;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The files of the chosen images, each named when it is asked for, none kept. Those of images that
 * turn out to be unreadable are no longer among them.
 */
final class SampleFiles extends AbstractList<String> {
  private final Images images;
  private final int[] chosen;
  private final List<String> ofOne;
  private List<String> folders = List.of();
  private int passedOver = -1;

  /**
   * The files of images.
   *
   * @param ofOne what follows an image's folder, {@code /Conv2d_1.png}
   */
  SampleFiles(Images images, int[] chosen, List<String> ofOne) {
    this.images = images;
    this.chosen = chosen;
    this.ofOne = ofOne;
  }

  /** The folders of the images that could be read so far, or weren't yet. */
  List<String> folders() {
    List<PassedOver> now = images.passedOver();
    if (now.size() != passedOver) {
      passedOver = now.size();
      Set<Integer> broken = now.stream().map(PassedOver::index).collect(Collectors.toSet());
      folders =
          IntStream.of(chosen)
              .filter(index -> !broken.contains(index))
              .mapToObj(images::title)
              .toList();
    }
    return folders;
  }

  @Override
  public String get(int i) {
    return folders().get(i / ofOne.size()).concat(ofOne.get(i % ofOne.size()));
  }

  @Override
  public int size() {
    return folders().size() * ofOne.size();
  }
}
