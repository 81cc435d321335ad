package io.fmviz.pipeline.visualize;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.PassedOver;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.report.page.Page;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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

  /** What follows an image's folder, {@code /Conv2d_1.png}. */
  private final List<String> ofOne;

  private List<String> folders = List.of();
  private int passedOver = -1;

  private SampleFiles(Images images, int[] chosen, List<String> ofOne) {
    this.images = images;
    this.chosen = chosen;
    this.ofOne = ofOne;
  }

  /** Those that a request asks for, in order. */
  static SampleFiles of(
      VisualizeRequest request, Images images, int[] chosen, List<WantedMaps> wanted) {
    List<String> ofOne = new ArrayList<>(ofMaps(request, wanted));
    if (request.setup().output().html()) {
      ofOne.add("/" + Page.FILE);
    }
    return new SampleFiles(images, chosen, List.copyOf(ofOne));
  }

  /** The files of maps of one image, to follow its folder. */
  static List<String> ofMaps(VisualizeRequest request, List<WantedMaps> wanted) {
    Set<String> distinct = new LinkedHashSet<>();
    for (WantedMaps maps : wanted) {
      request.formats().forEach(format -> distinct.add(name(maps.name(), format)));
    }
    return List.copyOf(distinct);
  }

  /** {@code /Conv2d_1.png}, {@code /maps.npz}, to follow an image's folder. */
  static String name(String maps, MapsFormat format) {
    return "/" + (format == MapsFormat.NPZ ? "maps" : maps) + "." + format;
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
