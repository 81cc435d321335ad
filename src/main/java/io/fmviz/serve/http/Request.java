package io.fmviz.serve.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** A request whose head is read. */
public final class Request {
  private static final int LONGEST_LINE = 1000;

  private final Head head;
  private final Connection connection;
  private boolean isRead;
  private int reserved;

  Request(Head head, Connection connection) {
    this.head = head;
    this.connection = connection;
    if (head.all("Transfer-Encoding").size() + head.all("Content-Length").size() > 1) {
      throw new Malformed(400, "a request must say once how long it is");
    }
    if (!head.all("Transfer-Encoding").isEmpty() && !isChunked()) {
      throw new Malformed(501, "the only transfer encoding taken is chunked");
    }
    if (!head.all("Content-Length").stream().allMatch(length -> length.matches("\\d{1,18}"))) {
      throw new Malformed(400, "the length is not a number");
    }
    this.isRead = !isChunked() && length() == 0;
  }

  public String method() {
    return head.method();
  }

  public String path() {
    return head.path();
  }

  /** Null for none. */
  public String query() {
    return head.query();
  }

  /** A header's values, in their order. */
  public List<String> headers(String name) {
    return head.all(name);
  }

  /** How long the body is; -1 where only its end will tell. */
  public long length() {
    return isChunked()
        ? -1
        : head.all("Content-Length").stream().mapToLong(Long::parseLong).findFirst().orElse(0);
  }

  private boolean isChunked() {
    return head.all("Transfer-Encoding").stream().anyMatch("chunked"::equalsIgnoreCase);
  }

  /**
   * Takes the connection out of the newcomers' budget, for good.
   *
   * @throws Malformed if too many were let in and are at work
   */
  public void letIn() {
    connection.letIn();
  }

  /**
   * The body.
   *
   * @param most a longer one is refused
   * @throws Malformed if it is longer, or breaks HTTP
   */
  public byte[] body(int most) throws IOException {
    if (isRead) {
      return new byte[0];
    }
    if (length() > most) {
      throw new Malformed(413, "the body is too large");
    }
    int bytes = isChunked() ? most : (int) length();
    connection.reserve(bytes);
    reserved = bytes;
    if (head.says("Expect", "100-continue")) {
      connection.write(RequestInput.ascii("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    connection.within(Connection.BODY_SECONDS);
    byte[] body = isChunked() ? chunks(most) : new byte[(int) length()];
    if (!isChunked()) {
      connection.input().read(body, 0, body.length);
    }
    isRead = true;
    connection.within(Connection.FOR_EVER);
    return body;
  }

  private byte[] chunks(int most) throws IOException {
    RequestInput in = connection.input();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = chunk(in); size > 0; size = chunk(in)) {
      if (size > most - all.size()) {
        throw new Malformed(413, "the body is too large");
      }
      byte[] bytes = new byte[size];
      in.read(bytes, 0, size);
      all.writeBytes(bytes);
      end(in);
    }
    end(in);
    return all.toByteArray();
  }

  private static int chunk(RequestInput in) throws IOException {
    in.allow(LONGEST_LINE);
    String line = in.line();
    if (line == null || !line.matches("[0-9A-Fa-f]{1,7}(;.*)?")) {
      throw new Malformed(400, "a chunk's size is not a number");
    }
    return Integer.parseInt(line.split(";", 2)[0], 16);
  }

  private static void end(RequestInput in) throws IOException {
    in.allow(LONGEST_LINE);
    if (!"".equals(in.line())) {
      throw new Malformed(400, "a chunk is longer than it says");
    }
  }

  /** It is answered: others have its body's memory. */
  void forget() {
    connection.release(reserved);
    reserved = 0;
  }

  /** Whether who asked has hung up. */
  public boolean isGone() {
    return connection.input().isOver();
  }

  /** Whether another request may follow on the connection. */
  boolean mayFollow() {
    return isRead && !head.isOld() && !head.says("Connection", "close");
  }

  /** Whether its response has no body. */
  boolean isHead() {
    return method().equals("HEAD");
  }
}
