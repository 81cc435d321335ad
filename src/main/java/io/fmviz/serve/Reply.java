package io.fmviz.serve;

import io.fmviz.report.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * What a request gets.
 *
 * @param headers beside those that every reply has
 */
record Reply(int status, String type, byte[] bytes, Map<String, String> headers) {
  static Reply of(String type, byte[] bytes) {
    return new Reply(200, type, bytes, Map.of());
  }

  /** Facts as JSON. */
  static Reply json(Object facts) {
    return of("application/json", Json.line(facts).getBytes(StandardCharsets.UTF_8));
  }

  /** The same, smaller on the way. */
  Reply gzipped() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reply(status, type, packed.toByteArray(), Map.of("Content-Encoding", "gzip"));
  }

  /** A line that is no markup. */
  static Reply refused(int status, String reason) {
    byte[] line = (reason + "\n").getBytes(StandardCharsets.UTF_8);
    return new Reply(status, "text/plain; charset=utf-8", line, Map.of());
  }
}
