package io.fmviz.serve.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** What comes over a connection. Used by its thread alone. */
final class RequestInput {
  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 13];
  private int at;
  private int end;
  private int allowed;

  RequestInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** How many bytes the next lines may have together. */
  void allow(int bytes) {
    allowed = bytes;
  }

  private boolean fill() throws IOException {
    // Nothing is there if the read ends otherwise.
    at = 0;
    end = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  /** Waits for the next byte, without taking it; whether there is one. */
  boolean waitForMore() throws IOException {
    return at < end || fill();
  }

  /** A line without its end, CR LF; null if the other side ended before it began. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (waitForMore()) {
      if (--allowed < 0) {
        throw new Malformed(431, "the head of the request is too large");
      }
      char next = (char) (buffer[at++] & 0xff);
      if (next == '\n') {
        if (line.length() == 0 || line.charAt(line.length() - 1) != '\r') {
          throw new Malformed(400, "lines end with CR LF");
        }
        return line.substring(0, line.length() - 1);
      }
      line.append(next);
    }
    if (line.length() > 0) {
      throw new IOException("the other side ended in the middle of a line");
    }
    return null;
  }

  /** Some bytes, as many as there must be. */
  void read(byte[] into, int from, int count) throws IOException {
    int done = Math.min(count, end - at);
    System.arraycopy(buffer, at, into, from, done);
    at += done;
    if (in.readNBytes(into, from + done, count - done) < count - done) {
      throw new IOException("the other side ended in the middle of a body");
    }
  }

  /** Whether the other side has ended, without waiting for it. */
  boolean isOver() {
    if (at < end) {
      return false;
    }
    try {
      socket.setSoTimeout(1);
      try {
        return !fill();
      } finally {
        socket.setSoTimeout(0);
      }
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Takes what still comes, and forgets it, until the other side ends. */
  void drain() throws IOException {
    while (fill()) {
      // Closing over unread bytes would take the reply from the other side.
    }
  }

  /** A line of ASCII. */
  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
