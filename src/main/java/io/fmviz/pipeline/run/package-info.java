/** {@code run}: {@code train}, then {@code visualize}; the one room that sees others. */
package io.fmviz.pipeline.run;
