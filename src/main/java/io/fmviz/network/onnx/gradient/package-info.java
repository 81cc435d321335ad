/**
 * Gradients: a rule for each operator, and the compiler that makes of a graph another one of plain
 * operators (ONNX's version 17), its backward pass. What that needs of the forward pass is an
 * intermediate output there, handed over in memory.
 */
package io.fmviz.network.onnx.gradient;
