package io.fmviz.serve;

import io.fmviz.base.UserException;
import io.fmviz.pipeline.Progress;
import io.fmviz.serve.http.Handler;
import io.fmviz.serve.http.Malformed;
import io.fmviz.serve.http.Request;
import io.fmviz.serve.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where every request comes in: it is let through the gate, looked up in a table of what there is,
 * and gets a reply. No file is ever looked for under a name that a client sent.
 *
 * @param pages by their paths; they are the same for everybody, and need no token
 * @param endpoints likewise; what they do is asked for by POST, with the token
 * @param progress is told what goes wrong inside
 */
record RequestHandler(
    Gate gate, Map<String, Reply> pages, Map<String, Endpoint> endpoints, Progress progress)
    implements Handler {
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
    /**
     * Replies.
     *
     * @param asker waits for it
     */
    Reply reply(Query query, byte[] body, Client asker);
  }

  @Override
  public Response handle(Request request) throws IOException {
    return response(reply(request));
  }

  @Override
  public Response failed(Throwable e) {
    Refusal refusal = refusal(e);
    return response(
        Reply.refused(
            refusal.status(), UserException.oneLine(progress.named(refusal.getMessage()))));
  }

  private Refusal refusal(Throwable e) {
    if (e instanceof Refusal refusal) {
      return refusal;
    }
    if (e instanceof Malformed malformed) {
      return new Refusal(malformed.status(), malformed.getMessage());
    }
    if (e instanceof UserException) {
      return new Refusal(422, e.getMessage());
    }
    progress.failed(e);
    return e instanceof OutOfMemoryError
        ? new Refusal(503, "fmviz is out of memory: send a smaller picture, or give it more")
        : new Refusal(500, "fmviz failed: its terminal says more");
  }

  private Reply reply(Request request) throws IOException {
    gate.checkSender(request);
    Query query = new Query(request.query());
    Reply page = pages.get(request.path());
    if (page != null) {
      checkMethod(request, "GET");
      return takesGzip(request) ? page.gzipped() : page;
    }
    gate.letIn(request);
    Endpoint endpoint = endpoints.get(request.path());
    if (endpoint == null) {
      throw new Refusal(404, "there is nothing of that name");
    }
    checkMethod(request, "POST");
    if (request.length() > MOST_BYTES) {
      throw tooLarge();
    }
    return endpoint.reply(query, body(request), request::isGone);
  }

  private static boolean takesGzip(Request request) {
    List<String> encodings = request.headers("Accept-Encoding");
    return !encodings.isEmpty() && encodings.get(0).matches("(.*[, ])?gzip([,; ].*)?");
  }

  private static void checkMethod(Request request, String method) {
    if (!request.method().equals(method)) {
      throw new Refusal(405, "this is asked for by %s".formatted(method));
    }
  }

  private static byte[] body(Request request) throws IOException {
    try {
      return request.body(MOST_BYTES);
    } catch (Malformed e) {
      throw e.status() == 413 ? tooLarge() : e;
    }
  }

  private static Refusal tooLarge() {
    return new Refusal(
        413, "at most %d MB are taken: make the picture smaller".formatted(MOST_BYTES / 1_000_000));
  }

  private static Response response(Reply reply) {
    Map<String, String> headers = new LinkedHashMap<>(HEADERS);
    headers.put("Content-Type", reply.type());
    headers.putAll(reply.headers());
    return new Response(reply.status(), headers, reply.bytes());
  }
}
