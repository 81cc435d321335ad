package io.fmviz.report;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * A record as indented JSON, of which one component is a list that grows while it is written. What
 * follows that is asked for at the end.
 */
public final class GrowingJson {
  private final Record facts;
  private final String list;
  private final Writer writer;
  private final Iterator<RecordFactory.Field> fields;

  /** Null until it begins. */
  private JsonWriter json;

  /**
   * In UTF-8; the stream is left open, and nothing is written yet.
   *
   * @param list the component that grows, whatever its value
   */
  public GrowingJson(Record facts, String list, OutputStream out) {
    this.facts = facts;
    this.list = list;
    this.writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.fields = RecordFactory.fields(Json.PRETTY, facts.getClass()).iterator();
  }

  /** Writes what stands before the list. */
  public void begin() throws IOException {
    json = Json.PRETTY.newJsonWriter(writer);
    json.beginObject();
    RecordFactory.Field field = fields.next();
    while (!field.name().equals(list)) {
      field.write(json, facts);
      field = fields.next();
    }
    json.name(list).beginArray();
  }

  /** Adds to the list. */
  public void add(Object item) throws IOException {
    write(Json.PRETTY.getAdapter(item.getClass()), item);
  }

  @SuppressWarnings("unchecked") // the adapter is that of the item's class
  private <T> void write(TypeAdapter<T> adapter, Object item) throws IOException {
    adapter.write(json, (T) item);
  }

  /** Writes what stands behind the list. */
  public void end() throws IOException {
    json.endArray();
    while (fields.hasNext()) {
      fields.next().write(json, facts);
    }
    json.endObject();
    writer.write("\n");
    writer.flush();
  }
}
