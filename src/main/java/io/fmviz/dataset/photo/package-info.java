/** Photographs of a person's own: how files become what a network takes. */
package io.fmviz.dataset.photo;
