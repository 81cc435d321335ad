package io.fmviz.training;

import java.util.Map;

/**
 * What Adam remembers between two steps.
 *
 * @param step how many steps were made
 * @param mean the running mean of each parameter's gradient, under the parameter's name
 * @param variance the running mean of its square, likewise
 */
public record AdamState(int step, Map<String, float[]> mean, Map<String, float[]> variance) {}
