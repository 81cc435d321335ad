/**
 * A user's networks: an ONNX file seen through ONNX Runtime, and the classifier written as one.
 * This is the face to the rest of the house; its rooms hold the file, the graph, the engine, the
 * layers and the runs. A tensor is a value that the file names.
 */
package io.fmviz.network.onnx;
