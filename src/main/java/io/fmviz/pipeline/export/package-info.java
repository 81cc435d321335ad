/** {@code export}: a checkpoint in another format, or as an ONNX model. */
package io.fmviz.pipeline.export;
