/** {@code top}: the images, cropped to the receptive field, that activate each channel most. */
package io.fmviz.pipeline.top;
