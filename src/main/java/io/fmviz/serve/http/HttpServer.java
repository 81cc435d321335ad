package io.fmviz.serve.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Listens on an address, and gives each connection a thread. */
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final long LOOK_MILLIS = 100;
  private static final long STACK_BYTES = 1 << 20;

  private final ServerSocket socket;
  private final Handler handler;
  private final Connection.Limits limits;
  private final Budget budget = new Budget();

  private HttpServer(ServerSocket socket, Handler handler, Connection.Limits limits) {
    this.socket = socket;
    this.handler = handler;
    this.limits = limits;
  }

  /**
   * Starts one.
   *
   * @throws java.net.BindException if the address can't be had
   */
  public static HttpServer start(InetSocketAddress address, Handler handler) throws IOException {
    return start(address, handler, 1);
  }

  /**
   * The same in a hurry.
   *
   * @param share of the seconds that a client has for each phase
   */
  public static HttpServer start(InetSocketAddress address, Handler handler, double share)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(address, BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    HttpServer server = new HttpServer(socket, handler, new Connection.Limits(share));
    thread(server::accept, "fmviz-serve-accept").start();
    thread(server::watch, "fmviz-serve-watch").start();
    return server;
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        accept(socket.accept());
      } catch (IOException | OutOfMemoryError e) {
        // Too many files or threads for now: what is there ends, or is cut.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
      }
    }
  }

  private void accept(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    Connection connection = new Connection(client, handler, budget, limits);
    budget.came(connection);
    if (socket.isClosed()) { // All others were cut meanwhile.
      connection.cut();
    }
    try {
      thread(connection, "fmviz-serve").start();
    } catch (OutOfMemoryError e) {
      budget.ended(connection);
      connection.cut();
      throw e;
    }
  }

  private void watch() {
    while (!socket.isClosed()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
      budget.cutLate();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nobody is accepted any more.
    }
    budget.cutAll();
  }
}
