/**
 * What a network is to those who look at it, whatever engine runs it.
 *
 * <p>A node is a place in a network whose output can be looked at, and what people call a layer; a
 * channel is one of the maps of such an output, counted from 0.
 */
package io.fmviz.network;
