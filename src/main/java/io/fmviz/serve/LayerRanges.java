package io.fmviz.serve;

import io.fmviz.image.MapRange;

/**
 * The ranges of a layer's output.
 *
 * @param maps of each map
 * @param layer of all of them
 */
record LayerRanges(MapRange[] maps, MapRange layer) {
  static LayerRanges of(float[] values, int maps) {
    MapRange[] each = MapRange.each(values, maps);
    return new LayerRanges(each, MapRange.all(each));
  }
}
