/** {@code dead}: channels that never rise above zero, and how active the others are by class. */
package io.fmviz.pipeline.dead;
