/**
 * fmviz's commands on a cluster of Spark's: what grows with the number of images is done by its
 * executors, all else by the driver, where the person is.
 *
 * <p>A <em>part</em> is some images that lie behind each other; an executor makes one statistic of
 * each, and these are merged, many as a tree.
 */
package io.fmviz.spark;
