/** Running a graph whose layers are known: batches, intermediate outputs, masks, parts of it. */
package io.fmviz.network.onnx.run;
