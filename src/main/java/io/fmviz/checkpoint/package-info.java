/** Checkpoints: one naming scheme, what a file says of itself, files that appear whole. */
package io.fmviz.checkpoint;
