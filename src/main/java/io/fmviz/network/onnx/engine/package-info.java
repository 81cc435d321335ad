/** ONNX Runtime: its libraries, its options, its memory, and a model ready to run. */
package io.fmviz.network.onnx.engine;
