package io.fmviz.image;

/**
 * Which maps of a layer are drawn, where not all are.
 *
 * @param channels ascending, counted from 0, at least one
 * @param title that says so, above the maps
 */
public record Drawn(int[] channels, String title) {}
