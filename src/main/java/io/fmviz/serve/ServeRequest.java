package io.fmviz.serve;

import io.fmviz.network.Compute;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;

/**
 * Which network to show live, and where.
 *
 * @param data where the images come from that maps respond to most
 * @param cache where the strongest images are kept; null for nowhere
 */
public record ServeRequest(
    NetworkRequest network, DataRequest data, Compute compute, Address address, Path cache) {}
