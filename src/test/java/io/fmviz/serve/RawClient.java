package io.fmviz.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks HTTP as it is told to, right or wrong. */
record RawClient(int port, String cookie) {
  private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: ([^;]+);");

  /** A reply, its head as text. */
  record Reply(int status, String head, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** One that was let in by the address that is printed. */
  static RawClient of(WebServer web) throws IOException {
    return of(web.port(), web.address());
  }

  static RawClient of(int port, String address) throws IOException {
    RawClient stranger = new RawClient(port, null);
    Reply reply = stranger.send("GET " + address.substring(address.indexOf("/?")) + " HTTP/1.1");
    Matcher cookie = COOKIE.matcher(reply.head());
    if (!cookie.find()) {
      throw new IOException(reply.head());
    }
    return new RawClient(port, cookie.group(1));
  }

  /** Sends a head to the right host, with the cookie. */
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
    if (cookie != null) {
      head.append("Cookie: other=1; ").append(cookie).append("\r\n");
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
    return post(body, "POST /api/" + path + " HTTP/1.1", "X-Fmviz: 1");
  }

  /** Sends bytes, and reads until the other side ends. */
  Reply raw(byte[] head, byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
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
