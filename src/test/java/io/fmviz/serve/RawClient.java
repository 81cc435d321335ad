package io.fmviz.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks HTTP as it is told to, right or wrong.
 *
 * @param token is sent with every request; null for none
 * @param host where it connects to
 */
record RawClient(int port, String token, String host) {
  private static final Pattern TOKEN = Pattern.compile("#token=([0-9a-f]{32})$");

  /** A reply, its head as text. */
  record Reply(int status, String head, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  RawClient(int port, String token) {
    this(port, token, "127.0.0.1");
  }

  /** One that is let in by the address that is printed. */
  static RawClient of(WebServer web) {
    return of(web.port(), web.address());
  }

  static RawClient of(int port, String address) {
    Matcher token = TOKEN.matcher(address);
    if (!token.find()) {
      throw new IllegalArgumentException(address);
    }
    return new RawClient(port, token.group(1));
  }

  /** Sends a head to the right host, with the token. */
  Reply send(String requestLine, String... headers) throws IOException {
    return post(new byte[0], requestLine, headers);
  }

  /** The same with a body behind it. */
  Reply post(byte[] body, String requestLine, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(requestLine + "\r\n");
    List<String> given = Arrays.asList(headers);
    if (given.stream().noneMatch(h -> h.startsWith("Host:"))) {
      head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    if (token != null && given.stream().noneMatch(h -> h.startsWith("X-Fmviz:"))) {
      head.append("X-Fmviz: ").append(token).append("\r\n");
    }
    given.forEach(h -> head.append(h).append("\r\n"));
    if (body.length > 0
        && given.stream().noneMatch(h -> h.matches("(Transfer-Encoding|Content-Length):.*"))) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    return raw(head.toString().getBytes(StandardCharsets.ISO_8859_1), body);
  }

  /** Asks an endpoint as the page does. */
  Reply ask(String path, byte[] body) throws IOException {
    return post(body, "POST /api/" + path + " HTTP/1.1");
  }

  /** Sends bytes, and reads until the other side ends. */
  Reply raw(byte[] head, byte[] body) throws IOException {
    try (Socket socket = new Socket(host.replaceAll("[\\[\\]]", ""), port)) {
      socket.setSoTimeout(30_000);
      try {
        socket.getOutputStream().write(head);
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
      } catch (SocketException e) {
        // It was refused before all of it was read.
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(all);
      } catch (SocketException e) {
        // Likewise; what had come before stays.
      }
      return parsed(all.toByteArray());
    }
  }

  private static Reply parsed(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Reply(0, text, new byte[0]);
    }
    String head = text.substring(0, end);
    return new Reply(
        Integer.parseInt(head.split(" ", 3)[1]),
        head,
        Arrays.copyOfRange(bytes, end + 4, bytes.length));
  }
}
