package io.fmviz.pipeline;

import io.fmviz.network.Compute;

/** What every command needs that looks at images with a network. */
public record Setup(
    NetworkRequest network, DataRequest data, OutputRequest output, Compute compute) {}
