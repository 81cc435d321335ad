package io.fmviz.network;

/** One of a network's own outputs, under the name that the network gives it. */
public record Output(String name, Node node) {}
