/**
 * Images to learn from and to look at: MNIST and Fashion-MNIST from IDX files, downloaded through
 * DJL's basicdataset, and the synthetic digits, which need neither file nor network.
 */
package io.fmviz.dataset;
