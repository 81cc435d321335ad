/** Networks on DJL's PyTorch engine: any block tree, and the classifier that fmviz trains. */
package io.fmviz.network.torch;
