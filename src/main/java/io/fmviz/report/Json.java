package io.fmviz.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Facts as JSON: records become objects, and numbers that JSON doesn't know (NaN) become null. */
public final class Json {
  private static final Gson LINE = builder().create();
  private static final Gson PRETTY = builder().setPrettyPrinting().create();

  private Json() {}

  private static GsonBuilder builder() {
    JsonSerializer<Number> finite =
        (value, type, context) ->
            Double.isFinite(value.doubleValue()) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    GsonBuilder builder = new GsonBuilder().disableHtmlEscaping();
    for (Class<?> type : List.of(Double.class, double.class, Float.class, float.class)) {
      builder.registerTypeAdapter(type, finite);
    }
    return builder;
  }

  /** One line, without its end. */
  public static String line(Object facts) {
    return LINE.toJson(facts);
  }

  /** Writes it indented, for a file that people read too, in UTF-8; the stream is left open. */
  public static void pretty(Object facts, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    PRETTY.toJson(facts, writer);
    writer.write("\n");
    writer.flush();
  }
}
