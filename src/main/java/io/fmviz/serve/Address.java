package io.fmviz.serve;

import io.fmviz.base.Require;
import java.util.List;

/**
 * Where the page is served.
 *
 * @param host on whose interfaces
 * @param port 0 for any that is free
 * @param allowed names beside the loopback's under which a browser may ask
 */
public record Address(String host, int port, List<String> allowed) {
  public Address {
    Require.within(0, 65_535, port, "port");
    Require.that(!host.isBlank(), "host", "must be a name or an address");
    for (String name : allowed) {
      Require.that(
          name.matches("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]"),
          "allowHost",
          "must be a name or an address without a port, not %s",
          name);
    }
    allowed = List.copyOf(allowed);
  }
}
