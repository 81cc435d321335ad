package io.fmviz.network;

/**
 * What it costs to run a network on its engine, wherever that runs: who has a choice takes the
 * cheap way.
 *
 * @param batch how many values a batch may take, float32, of the nodes that are asked for and the
 *     largest of the others
 * @param rebuilds whether the engine gets another graph, which takes longer than a run, for each
 *     choice of nodes that have channels off, and for each node that is held; else both take a run
 */
public record Costs(long batch, boolean rebuilds) {}
