/**
 * Running a graph whose layers are known: sessions that are kept, batches bound to memory, masks,
 * and suffixes, which begin at a layer's output.
 */
package io.fmviz.network.onnx.run;
