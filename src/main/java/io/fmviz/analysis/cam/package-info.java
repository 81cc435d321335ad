/** Where a network looks: a layer's maps for one image made into one. Numbers in, numbers out. */
package io.fmviz.analysis.cam;
