package io.fmviz.serve;

import io.fmviz.pipeline.Result;

/**
 * A page that is served.
 *
 * @param address what to open: it lets whoever has it in, until the server is stopping
 * @param network where it was found
 * @param layers that have maps
 */
public record ServeResult(String address, int port, String network, int layers, String device)
    implements Result {}
