/**
 * {@code prune}: a smaller network without dead channels, and the proof that it predicts the same.
 */
package io.fmviz.pipeline.prune;
