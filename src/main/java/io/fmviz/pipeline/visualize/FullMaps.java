package io.fmviz.pipeline.visualize;

import io.fmviz.image.TilePlaces;

/**
 * Where a page that has a layer's maps smaller finds them in full: in the layer's picture, beside
 * it.
 *
 * @param picture the file's name
 * @param scale the side of the square that a pixel of a map is there
 * @param colors what its colours stand for
 */
record FullMaps(String picture, int scale, TilePlaces places, VisualizedSample.Colors colors) {}
