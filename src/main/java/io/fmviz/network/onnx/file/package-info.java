/**
 * An ONNX file: its messages, the values of its tensors wherever they are, and what is wrong with
 * it before anything looks at its operators.
 */
package io.fmviz.network.onnx.file;
