/** The files of Hadoop's file systems as Java's paths, to be listed and read, not written. */
package io.fmviz.spark.files;
