/** Starts the benchmarks, and what they work on. */
package io.fmviz.bench;
