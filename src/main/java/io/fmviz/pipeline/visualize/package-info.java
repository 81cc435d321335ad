/**
 * {@code visualize}: the feature maps of images as grids, arrays and pages, written beside the
 * network that runs.
 */
package io.fmviz.pipeline.visualize;
