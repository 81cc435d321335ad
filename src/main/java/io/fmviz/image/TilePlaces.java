package io.fmviz.image;

import java.util.stream.IntStream;

/**
 * Where on a picture its tiles stand, all of one size: tile k in row k div x and column k mod x,
 * where x is the number of {@code lefts}.
 *
 * @param height of the picture, in pixels
 * @param width of the picture
 * @param tops each row's first pixel
 * @param lefts each column's first pixel
 */
public record TilePlaces(int height, int width, int[] tops, int[] lefts) {
  /** Of tiles with a gap of one width between them and around them. */
  static TilePlaces grid(int tiles, int columns, int height, int width, int gap) {
    int rows = (tiles + columns - 1) / columns;
    return new TilePlaces(
        rows * (height + gap) + gap,
        columns * (width + gap) + gap,
        IntStream.range(0, rows).map(row -> gap + row * (height + gap)).toArray(),
        IntStream.range(0, columns).map(column -> gap + column * (width + gap)).toArray());
  }

  int top(int tile) {
    return tops[tile / lefts.length];
  }

  int left(int tile) {
    return lefts[tile % lefts.length];
  }
}
