package io.fmviz.pipeline.visualize;

/**
 * One image that is written.
 *
 * @param row of the folder's page; null where no page is wanted
 */
record WrittenSample(VisualizedSample sample, SampleIndex.Row row) {}
