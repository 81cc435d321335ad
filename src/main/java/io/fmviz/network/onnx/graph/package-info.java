/**
 * A model's graph: operators and what they are, who makes and who reads each tensor, constants, and
 * the models that are made of it. A node of ONNX's graph is an operator here, for a node is what
 * people call a layer.
 */
package io.fmviz.network.onnx.graph;
