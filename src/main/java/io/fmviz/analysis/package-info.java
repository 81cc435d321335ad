/** What feature maps tell of a network: numbers in, numbers out. */
package io.fmviz.analysis;
