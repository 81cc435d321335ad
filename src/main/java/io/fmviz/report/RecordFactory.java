package io.fmviz.report;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.fmviz.base.Unwrapped;
import io.fmviz.base.WriteNull;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes records that have components marked {@link Unwrapped} or {@link WriteNull}. */
final class RecordFactory implements TypeAdapterFactory {
  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    return type.getRawType().isRecord()
            && Arrays.stream(type.getRawType().getRecordComponents())
                .anyMatch(RecordFactory::isMarked)
        ? new Writer<>(fields(gson, type.getRawType()))
        : null;
  }

  private static boolean isMarked(RecordComponent component) {
    return component.isAnnotationPresent(Unwrapped.class)
        || component.isAnnotationPresent(WriteNull.class);
  }

  /** A null that stands, where others are left out with their names. */
  static void writeNull(JsonWriter out) throws IOException {
    boolean before = out.getSerializeNulls();
    out.setSerializeNulls(true);
    out.nullValue();
    out.setSerializeNulls(before);
  }

  static List<Field> fields(Gson gson, Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      boolean inline = component.isAnnotationPresent(Unwrapped.class);
      fields.add(
          new Field(
              component.getName(),
              accessor(component),
              inline ? null : gson.getAdapter(TypeToken.get(component.getGenericType())),
              inline ? fields(gson, component.getType()) : List.of(),
              component.isAnnotationPresent(WriteNull.class)));
    }
    return fields;
  }

  private static Method accessor(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return accessor;
  }

  /**
   * One component.
   *
   * @param adapter null for one whose own fields stand in its place
   * @param inlined these fields
   * @param present whether it stands where it is null
   */
  record Field(
      String name, Method accessor, TypeAdapter<?> adapter, List<Field> inlined, boolean present) {
    void write(JsonWriter out, Object facts) throws IOException {
      Object value = value(facts);
      if (value == null) {
        if (present) {
          out.name(name);
          writeNull(out);
        }
      } else if (adapter == null) {
        for (Field field : inlined) {
          field.write(out, value);
        }
      } else {
        out.name(name);
        write(adapter, out, value);
      }
    }

    private Object value(Object facts) {
      try {
        return accessor.invoke(facts);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + name, e);
      }
    }

    @SuppressWarnings("unchecked") // the adapter is that of the component's type
    private static <V> void write(TypeAdapter<V> adapter, JsonWriter out, Object value)
        throws IOException {
      adapter.write(out, (V) value);
    }
  }

  /** Writes one such type, straight to the stream. */
  private static final class Writer<T> extends TypeAdapter<T> {
    private final List<Field> fields;

    Writer(List<Field> fields) {
      this.fields = fields;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      if (value == null) {
        out.nullValue();
        return;
      }
      out.beginObject();
      for (Field field : fields) {
        field.write(out, value);
      }
      out.endObject();
    }

    @Override
    public T read(JsonReader in) {
      throw new UnsupportedOperationException("facts are written only");
    }
  }
}
