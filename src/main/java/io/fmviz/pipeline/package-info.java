/** The use cases; the only place that knows several stations. */
package io.fmviz.pipeline;
