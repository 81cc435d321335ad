/**
 * Networks of a person's own: an ONNX file seen through ONNX Runtime, and the classifier written as
 * one. A tensor is a value that the file names; a node of ONNX's graph is an operator here, for a
 * node is what people call a layer.
 */
package io.fmviz.network.onnx;
