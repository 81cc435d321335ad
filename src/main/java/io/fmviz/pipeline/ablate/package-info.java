/**
 * {@code ablate}: channels set to zero, one at a time, and what that changes of a logit or of the
 * accuracy.
 */
package io.fmviz.pipeline.ablate;
