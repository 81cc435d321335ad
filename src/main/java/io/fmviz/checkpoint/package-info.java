/** Checkpoints: one naming scheme, the formats, files that appear whole; nothing in one is run. */
package io.fmviz.checkpoint;
