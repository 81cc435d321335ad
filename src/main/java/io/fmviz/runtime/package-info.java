/** The engine's settings and device, and the terminal. */
package io.fmviz.runtime;
