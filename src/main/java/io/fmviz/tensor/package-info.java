/**
 * Named tensors and the formats that hold them: safetensors, PyTorch's state dicts, NumPy's arrays.
 * Nothing in a file is run, and nothing is known of what a tensor is for.
 */
package io.fmviz.tensor;
