/** {@code summary}: the layers with their shapes, parameters and memory. */
package io.fmviz.pipeline.summary;
