/**
 * What a network is to those who look at it, whatever engine runs it.
 *
 * <p>A node is a place in a network whose output can be looked at, and what people call a layer; a
 * channel is one of the maps of such an output, counted from 0. A kind of network is what its files
 * are, and what opens and runs them. Nobody asks a network for its kind, but for what follows from
 * it: what it comes from ({@link io.fmviz.network.Origin}), what holds where nobody says otherwise
 * ({@link io.fmviz.network.Defaults}), what it costs to run it ({@link io.fmviz.network.Costs}).
 */
package io.fmviz.network;
