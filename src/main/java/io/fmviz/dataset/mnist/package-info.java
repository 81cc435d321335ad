/**
 * MNIST and its kin: IDX files, their download through DJL's basicdataset, and the synthetic
 * digits, which need neither file nor network.
 */
package io.fmviz.dataset.mnist;
