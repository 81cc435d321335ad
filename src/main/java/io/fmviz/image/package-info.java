/** Pure arithmetic: float maps in, a grid of pixels out; then the PNG writer. */
package io.fmviz.image;
