package io.fmviz.network;

/**
 * A convolution's weight.
 *
 * @param shape {@code (out, in, height, width)}
 * @param values row by row
 */
public record Kernel(int[] shape, float[] values) {}
