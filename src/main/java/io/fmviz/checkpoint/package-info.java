/** Checkpoints: one naming scheme, one format, saved by temporary file and move. */
package io.fmviz.checkpoint;
