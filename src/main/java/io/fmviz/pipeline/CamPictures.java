package io.fmviz.pipeline;

import io.fmviz.analysis.cam.PositionMap;
import io.fmviz.dataset.Original;
import io.fmviz.image.MapsPicture;
import io.fmviz.image.Overlay;
import io.fmviz.image.RgbImage;

/**
 * A picture as people see it, and maps over it.
 *
 * @param picture whole, in a size to look at
 * @param area what of it the network sees
 */
public record CamPictures(RgbImage picture, Overlay.Area area) {
  /**
   * A picture in a size to look at.
   *
   * @param most its longer side has no more pixels
   * @param least a much smaller one is made larger, by a whole factor, as long as it isn't longer
   */
  public static CamPictures of(Original original, int most, int least) {
    RgbImage whole = Pictures.of(original.picture());
    RgbImage shown = whole.within(most);
    int scale = Math.max(1, least / Math.max(whole.height(), whole.width()));
    shown = MapsPicture.scaled(shown, scale);
    Overlay.Area area =
        new Overlay.Area(original.top(), original.left(), original.bottom(), original.right());
    return new CamPictures(
        shown,
        area.scaled(
            (double) shown.height() / whole.height(), (double) shown.width() / whole.width()));
  }

  /** Whether some of the picture isn't seen, and is shaded under a map. */
  public boolean isShaded() {
    return !area.has(0, 0) || !area.has(picture.height() - 1, picture.width() - 1);
  }

  /** The map over the picture; the picture alone where there is nothing to look at. */
  public RgbImage with(PositionMap map, Overlay overlay) {
    boolean isPlain = map.isNothing() && map.notNumbers() == 0;
    Overlay drawn = of(map, isPlain ? new Overlay(overlay.colormap(), 0) : overlay);
    float[] unit = map.unit(drawn.colormap().isDiverging());
    return drawn.draw(picture, new Overlay.Map(map.height(), map.width(), unit), area);
  }

  /** The same, with a bar of what the colours stand for, unless there is nothing to look at. */
  public RgbImage withBar(PositionMap map, Overlay overlay) {
    RgbImage drawn = with(map, overlay);
    if (map.isNothing()) {
      return drawn;
    }
    double m = Math.max(Math.abs(map.low()), Math.abs(map.high()));
    Overlay meant = of(map, overlay);
    return meant.colormap().isDiverging()
        ? meant.withBar(drawn, -m, m)
        : meant.withBar(drawn, map.low(), map.high());
  }

  private static Overlay of(PositionMap map, Overlay overlay) {
    return new Overlay(overlay.colormap().of(map.low() < 0), overlay.alpha());
  }
}
