package io.fmviz.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonIOException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Facts as JSON: records become objects, a component marked {@link Inline} adds its own fields to
 * them, lists arrays. A field that is null is left out, unless it is marked {@link Present}; a
 * number that JSON doesn't know (NaN, infinity) stands as null.
 */
public final class Json {
  private static final Gson LINE = builder().create();
  static final Gson PRETTY = builder().setPrettyPrinting().create();

  private Json() {}

  private static GsonBuilder builder() {
    GsonBuilder builder =
        new GsonBuilder().disableHtmlEscaping().registerTypeAdapterFactory(new RecordFactory());
    for (Class<?> type : List.of(Double.class, double.class, Float.class, float.class)) {
      builder.registerTypeAdapter(type, new Finite());
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
    try {
      PRETTY.toJson(facts, writer);
    } catch (JsonIOException e) {
      // Only a stream that fails ends here.
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e);
    }
    writer.write("\n");
    writer.flush();
  }

  /** Writes straight to the stream: a manifest holds three numbers for each picture. */
  private static final class Finite extends TypeAdapter<Number> {
    @Override
    public void write(JsonWriter out, Number value) throws IOException {
      if (value == null) {
        out.nullValue();
      } else if (!Double.isFinite(value.doubleValue())) {
        RecordFactory.writeNull(out);
      } else {
        out.value(value);
      }
    }

    @Override
    public Number read(JsonReader in) {
      throw new UnsupportedOperationException("facts are written only");
    }
  }
}
