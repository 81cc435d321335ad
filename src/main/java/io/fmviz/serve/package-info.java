/**
 * The live page: a server on the own machine that shows what a network makes of what is drawn.
 *
 * <p>A page is what a browser shows; a picture is what it sent; an answer is what the network made
 * of one, reduced to what is in view. Only {@code cli} starts it.
 */
package io.fmviz.serve;
