package io.fmviz.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;

/**
 * Where every request comes in: it is let through the gate, looked up in a table of what there is,
 * and gets a reply. No file is ever looked for under a name that a client sent.
 *
 * @param pages by their paths
 * @param endpoints likewise; what they do is asked for by POST, with a header of our own
 * @param faults is told what goes wrong inside
 */
record Door(Gate gate, Map<String, Reply> pages, Map<String, Endpoint> endpoints, Faults faults)
    implements HttpHandler {
  /** A photograph of a camera's is smaller. */
  static final int MOST_BYTES = 32_000_000;

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
              + "connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; "
              + "frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Cache-Control",
          "no-store",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin");

  /** Makes a reply to what a page asks. */
  @FunctionalInterface
  interface Endpoint {
    Reply reply(Query query, byte[] body);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = reply(exchange);
      } catch (Refusal e) {
        reply = Reply.refused(e);
      } catch (UserException e) {
        reply = Reply.refused(new Refusal(422, UserException.oneLine(e.getMessage())));
      } catch (RuntimeException e) {
        faults.tell(e);
        reply = Reply.refused(new Refusal(500, "fmviz failed: its terminal says more"));
      }
      send(exchange, reply);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    gate.checkSender(exchange);
    String path = Objects.toString(exchange.getRequestURI().getRawPath(), "");
    Query query = new Query(exchange.getRequestURI().getRawQuery());
    if (path.equals("/") && query.has("token")) {
      return letIn(exchange, query);
    }
    gate.checkCookie(exchange);
    Reply page = pages.get(path);
    if (page != null) {
      checkMethod(exchange, "GET");
      return takesGzip(exchange) ? page.gzipped() : page;
    }
    Endpoint endpoint = endpoints.get(path);
    if (endpoint == null) {
      throw new Refusal(404, "there is nothing of that name");
    }
    checkMethod(exchange, "POST");
    gate.checkOwnHeader(exchange);
    return endpoint.reply(query, body(exchange));
  }

  /** The token leaves the address, so that it is in no history and no picture of the screen. */
  private Reply letIn(HttpExchange exchange, Query query) {
    checkMethod(exchange, "GET");
    if (!gate.secrets().letsIn(query.text("token"))) {
      throw new Refusal(
          403, "this token is none, or was good once: open the address that is printed");
    }
    String rest = query.has("present") ? "/?present" : "/";
    return new Reply(
        303,
        "text/plain; charset=utf-8",
        new byte[0],
        Map.of("Location", rest, "Set-Cookie", gate.cookie()));
  }

  private static boolean takesGzip(HttpExchange exchange) {
    String encodings = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    return encodings != null && encodings.matches("(.*[, ])?gzip([,; ].*)?");
  }

  private static void checkMethod(HttpExchange exchange, String method) {
    if (!exchange.getRequestMethod().equals(method)) {
      throw new Refusal(405, "this is asked for by %s".formatted(method));
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && (length.length() > 9 || Long.parseLong(length) > MOST_BYTES)) {
      throw tooLarge();
    }
    try (InputStream in = exchange.getRequestBody()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw tooLarge();
      }
      return bytes;
    }
  }

  private static Refusal tooLarge() {
    return new Refusal(
        413, "at most %d MB are taken: make the picture smaller".formatted(MOST_BYTES / 1_000_000));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    HEADERS.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean isEmpty = reply.bytes().length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), isEmpty ? -1 : reply.bytes().length);
    if (!isEmpty) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(reply.bytes());
      }
    }
  }
}
