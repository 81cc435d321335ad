/**
 * Images to learn from and to look at. {@link io.fmviz.dataset.Images} is what a network gets,
 * {@link io.fmviz.dataset.Picture} what people see; a {@link io.fmviz.dataset.Dataset} has images
 * to train with and images to test with. Where they come from stands in the rooms below.
 */
package io.fmviz.dataset;
