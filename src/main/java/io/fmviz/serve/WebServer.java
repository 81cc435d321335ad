package io.fmviz.serve;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.pipeline.Progress;
import io.fmviz.serve.http.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page's server: where it listens, under which names, and who is let in. */
final class WebServer implements AutoCloseable {
  private final HttpServer server;
  private final Token token;

  private WebServer(HttpServer server, Token token) {
    this.server = server;
    this.token = token;
  }

  /**
   * Starts it.
   *
   * @throws UserException if the port is taken, or the host is none of this machine's
   */
  static WebServer start(
      Address address,
      Map<String, Reply> pages,
      Map<String, RequestHandler.Endpoint> endpoints,
      Progress progress) {
    InetAddress host = host(address);
    Token token = new Token();
    Gate gate = new Gate(new Hosts(names(address, host)), token);
    try {
      return new WebServer(
          HttpServer.start(
              new InetSocketAddress(host, address.port()),
              new RequestHandler(gate, pages, endpoints, progress)),
          token);
    } catch (BindException e) {
      throw new UserException(
          Settings.named(
                  "port %d of %s can't be had (%s): choose another with {port}, 0 for any that is free")
              .formatted(address.port(), address.host(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UserException("the page can't be served: " + e.getMessage(), e);
    }
  }

  private static InetAddress host(Address address) {
    try {
      InetAddress host = InetAddress.getByName(address.host().replaceAll("[\\[\\]]", ""));
      if (host.getHostAddress().contains("%")) {
        throw new InvalidValueException(
            Settings.named(
                    "{host} %s: browsers take no address with a zone; 127.0.0.1 is this machine alone")
                .formatted(address.host()));
      }
      return host;
    } catch (UnknownHostException e) {
      throw new InvalidValueException(
          Settings.named("{host} %s: there is no such host; 127.0.0.1 is this machine alone")
              .formatted(address.host()));
    }
  }

  /** What it was told to listen on, by name and address, and what else is allowed. */
  private static List<String> names(Address address, InetAddress host) {
    List<String> names = new ArrayList<>(address.allowed());
    if (!host.isAnyLocalAddress()) {
      names.add(address.host());
      names.add(Hosts.text(host));
      return names;
    }
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(each -> !each.isLinkLocalAddress())
          .forEach(each -> names.add(Hosts.text(each)));
    } catch (SocketException e) {
      // Others need a name that is allowed.
    }
    return names;
  }

  int port() {
    return server.address().getPort();
  }

  boolean isLoopback() {
    return server.address().getAddress().isLoopbackAddress();
  }

  /** Where a browser finds it; what lets in is no part of it. */
  String place() {
    InetAddress host = server.address().getAddress();
    return "http://%s:%d/"
        .formatted(host.isAnyLocalAddress() ? "127.0.0.1" : Hosts.text(host), port());
  }

  /** The same, for who is let in. */
  String address() {
    return place() + "#token=" + token.text();
  }

  /** Waits until somebody was let in; false if nobody was for so long. */
  boolean isUsedWithin(long seconds) throws InterruptedException {
    return token.isUsedWithin(seconds);
  }

  @Override
  public void close() {
    server.close();
  }
}
