/** {@code compare}: a row for each image, a column for each channel of a layer. */
package io.fmviz.pipeline.compare;
