package io.fmviz.serve;

import com.sun.net.httpserver.HttpServer;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The JDK's server, set up for one machine's browsers. */
final class WebServer implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int MOST_WAITING = 64;

  private final HttpServer server;
  private final Secrets secrets = new Secrets();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          work -> Work.daemon(work, "fmviz-serve"));

  private WebServer(HttpServer server) {
    this.server = server;
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
  }

  /**
   * Starts it.
   *
   * @throws UserException if the port is taken, or the host is none of this machine's
   */
  static WebServer start(
      Address address,
      Map<String, Reply> pages,
      Map<String, Door.Endpoint> endpoints,
      Faults faults) {
    settle();
    InetSocketAddress place = place(address);
    try {
      WebServer web = new WebServer(HttpServer.create(place, MOST_WAITING));
      Gate gate = new Gate(new Hosts(address.allowed()), web.secrets, "fmviz-" + web.port());
      web.server.createContext("/", new Door(gate, pages, endpoints, faults));
      web.server.start();
      return web;
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

  /** The JDK's server reads these when its classes are loaded. */
  private static void settle() {
    // Else a small reply waits some 40 ms for the other side to say that it got the last one.
    setUnlessGiven("nodelay", "true");
    // Who is slower, in seconds, is cut off: it would keep a thread.
    setUnlessGiven("maxReqTime", "20");
    setUnlessGiven("maxRspTime", "90");
    // What is left of a refused body is not waited for.
    setUnlessGiven("drainAmount", "0");
  }

  private static void setUnlessGiven(String name, String value) {
    String property = "sun.net.httpserver." + name;
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static InetSocketAddress place(Address address) {
    try {
      return new InetSocketAddress(
          InetAddress.getByName(address.host().replaceAll("[\\[\\]]", "")), address.port());
    } catch (UnknownHostException e) {
      throw new InvalidValueException(
          Settings.named("{host} %s: there is no such host; 127.0.0.1 is this machine alone")
              .formatted(address.host()));
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  boolean isLoopback() {
    return server.getAddress().getAddress().isLoopbackAddress();
  }

  /** Where a browser finds it, for people. */
  String address() {
    return address(secrets.token());
  }

  /** The same for a browser that is started: good once. */
  String addressOnce() {
    return address(secrets.ticket());
  }

  private String address(String secret) {
    InetAddress host = server.getAddress().getAddress();
    String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
    return "http://%s:%d/?token=%s"
        .formatted(name.contains(":") ? "[" + name + "]" : name, port(), secret);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
