/**
 * What of a graph people call layers: shapes, names, paths, which operators are one layer together,
 * when a channel is dead, what the logits are.
 */
package io.fmviz.network.onnx.layers;
