/** {@code kernels}: the weights of convolutions as pictures. */
package io.fmviz.pipeline.kernels;
