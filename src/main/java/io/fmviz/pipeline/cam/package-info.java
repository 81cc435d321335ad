/** {@code cam}: class activation maps over the pictures that they are of. */
package io.fmviz.pipeline.cam;
