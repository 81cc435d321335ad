/** The classifier: its widths, its blocks, its parameters' names, its table of layers. */
package io.fmviz.model;
