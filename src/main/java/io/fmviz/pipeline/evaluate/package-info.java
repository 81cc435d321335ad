/** {@code evaluate}: accuracy, mean loss, confusion matrix, and logits as a file. */
package io.fmviz.pipeline.evaluate;
