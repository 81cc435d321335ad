package io.fmviz.serve;

import io.fmviz.network.Compute;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.NetworkRequest;

/**
 * Which network to show live, and where.
 *
 * @param data where the images come from that maps respond to most
 * @param browser whether to open one
 */
public record ServeRequest(
    NetworkRequest network, DataRequest data, Compute compute, Address address, boolean browser) {}
