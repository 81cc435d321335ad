package io.fmviz.serve.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;

/** Requests that come one after the other over one socket, on a thread of its own. */
final class Connection implements Runnable {
  static final int HEAD_SECONDS = 10;
  static final int BODY_SECONDS = 20;
  static final int FOR_EVER = 0;
  private static final int IDLE_SECONDS = 60;
  private static final int WRITE_SECONDS = 90;
  private static final int DRAIN_SECONDS = 2;

  private final Socket socket;
  private final RequestInput in;
  private final Handler handler;
  private final Budget budget;
  private final Limits limits;
  private volatile long deadline = Long.MAX_VALUE;

  /** How much longer than it should a phase may last: tests hurry. */
  record Limits(double share) {
    long nanos(int seconds) {
      return (long) (seconds * share * 1e9);
    }
  }

  Connection(Socket socket, Handler handler, Budget budget, Limits limits) throws IOException {
    this.socket = socket;
    this.in = new RequestInput(socket);
    this.handler = handler;
    this.budget = budget;
    this.limits = limits;
    within(HEAD_SECONDS);
  }

  RequestInput input() {
    return in;
  }

  /** The phase that begins now must be over in time, else the connection is cut. */
  void within(int seconds) {
    deadline = seconds == FOR_EVER ? Long.MAX_VALUE : System.nanoTime() + limits.nanos(seconds);
  }

  boolean isLate(long now) {
    long until = deadline;
    return until != Long.MAX_VALUE && now - until > 0;
  }

  void letIn() {
    if (!budget.letIn(this)) {
      throw new Malformed(503, "too many requests are under way");
    }
  }

  /** Ends whatever its thread waits for. */
  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  @Override
  public void run() {
    try (socket) {
      boolean lives = true;
      while (lives && in.waitForMore()) {
        budget.busy(this);
        within(HEAD_SECONDS);
        lives = one();
        within(IDLE_SECONDS);
        budget.idle(this);
      }
      if (!lives) {
        within(DRAIN_SECONDS);
        socket.shutdownOutput();
        in.drain();
      }
    } catch (IOException | RuntimeException | Error e) {
      // The other side is gone, or was too slow, or not even a refusal can be made.
    } finally {
      budget.ended(this);
    }
  }

  /** Answers a request; whether another may follow. */
  private boolean one() throws IOException {
    Request request = null;
    Response response;
    try {
      Head head = Head.read(in);
      if (head == null) {
        return false;
      }
      request = new Request(head, this);
      within(FOR_EVER);
      response = handler.handle(request);
    } catch (RuntimeException | Error e) {
      response = handler.failed(e);
    }
    try {
      return send(response, request);
    } finally {
      if (request != null) {
        request.forget();
      }
    }
  }

  /** Sends a response, which says whether the connection lives. */
  private boolean send(Response response, Request request) throws IOException {
    boolean lives = request != null && request.mayFollow();
    StringBuilder head = new StringBuilder("HTTP/1.1 %d \r\n".formatted(response.status()));
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      head.append("%s: %s\r\n".formatted(header.getKey(), header.getValue()));
    }
    head.append("Content-Length: %d\r\n".formatted(response.bytes().length));
    head.append(lives ? "\r\n" : "Connection: close\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(RequestInput.ascii(head.toString()));
    if (request == null || !request.isHead()) {
      all.writeBytes(response.bytes());
    }
    within(WRITE_SECONDS);
    write(all.toByteArray());
    return lives;
  }

  /**
   * Takes a share of the memory that all bodies have.
   *
   * @throws Malformed if there is none for a while
   */
  void reserve(int bytes) {
    if (!budget.reserve(bytes)) {
      throw new Malformed(503, "other pictures are being read: send it again");
    }
  }

  void release(int bytes) {
    budget.release(bytes);
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }
}
