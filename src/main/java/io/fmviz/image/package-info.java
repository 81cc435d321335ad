/**
 * Pure arithmetic: float maps in, pixels out. Colours, labels, sheets and charts; then the PNG and
 * GIF writers.
 */
package io.fmviz.image;
