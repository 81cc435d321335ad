/** {@code filmstrip}: a layer of one image at every checkpoint of a training. */
package io.fmviz.pipeline.filmstrip;
