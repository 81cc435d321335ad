/**
 * Images to learn from and to look at: MNIST and Fashion-MNIST from IDX files, downloaded through
 * DJL's basicdataset, the synthetic digits, which need neither file nor network, and pictures of
 * the user's own.
 */
package io.fmviz.dataset;
