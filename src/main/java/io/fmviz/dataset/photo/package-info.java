/** A user's photographs: how files become what a network takes. */
package io.fmviz.dataset.photo;
