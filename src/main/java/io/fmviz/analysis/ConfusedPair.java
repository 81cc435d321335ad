package io.fmviz.analysis;

/**
 * Images of one class that are taken for another.
 *
 * @param labelName what the class is called; null where that isn't known, as of {@code
 *     predictedName}
 * @param count how many
 */
public record ConfusedPair(
    int label, String labelName, int predicted, String predictedName, long count) {}
