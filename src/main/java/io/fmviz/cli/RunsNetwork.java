package io.fmviz.cli;

/** A command that runs a network, whatever its options are. */
interface RunsNetwork {}
