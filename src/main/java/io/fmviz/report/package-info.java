/** Facts in, text and JSON out. */
package io.fmviz.report;
