package io.fmviz.serve;

import io.fmviz.report.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Facts with arrays: four bytes, little-endian, say how long the JSON is that follows them; behind
 * it are the arrays, at the places that the facts name, counted from there. Where an array begins
 * is a multiple of 4.
 */
final class Packed {
  private static final int STEP = 4;

  private final ByteArrayOutputStream arrays = new ByteArrayOutputStream(1 << 14);

  /** Where some bytes begin. */
  int add(byte[] bytes) {
    int at = arrays.size();
    arrays.writeBytes(bytes);
    arrays.writeBytes(new byte[-bytes.length & (STEP - 1)]);
    return at;
  }

  /** Where some float32 begin, little-endian. */
  int add(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return add(bytes.array());
  }

  Reply reply(Object facts) {
    byte[] json = Json.line(facts).getBytes(StandardCharsets.UTF_8);
    int length = json.length + (-json.length & (STEP - 1));
    byte[] padded = Arrays.copyOf(json, length);
    Arrays.fill(padded, json.length, length, (byte) ' ');
    byte[] all =
        ByteBuffer.allocate(STEP + length + arrays.size())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(length)
            .put(padded)
            .put(arrays.toByteArray())
            .array();
    return Reply.of("application/octet-stream", all);
  }
}
