package io.fmviz.dataset.photo;

/**
 * What is wanted of a scaled picture.
 *
 * @param values row by row, {@code (height, width, channels)}
 * @param original the picture's size before, upright
 */
record Scaled(byte[] values, int channels, Size original) {}
