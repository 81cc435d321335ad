/** {@code train}: settings, the epochs with their checkpoints, the log, and resuming. */
package io.fmviz.pipeline.train;
