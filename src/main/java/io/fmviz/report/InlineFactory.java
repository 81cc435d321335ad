package io.fmviz.report;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.fmviz.base.Inline;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes records that have components marked {@link Inline}. */
final class InlineFactory implements TypeAdapterFactory {
  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (!type.getRawType().isRecord()) {
      return null;
    }
    List<String> inlined =
        Arrays.stream(type.getRawType().getRecordComponents())
            .filter(component -> component.isAnnotationPresent(Inline.class))
            .map(RecordComponent::getName)
            .toList();
    return inlined.isEmpty()
        ? null
        : new Writer<>(gson, gson.getDelegateAdapter(this, type), inlined);
  }

  /** Writes one such type. */
  private static final class Writer<T> extends TypeAdapter<T> {
    private final Gson gson;
    private final TypeAdapter<T> nested;
    private final List<String> inlined;

    Writer(Gson gson, TypeAdapter<T> nested, List<String> inlined) {
      this.gson = gson;
      this.nested = nested;
      this.inlined = inlined;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      JsonObject flat = new JsonObject();
      for (Map.Entry<String, JsonElement> field :
          nested.toJsonTree(value).getAsJsonObject().entrySet()) {
        if (inlined.contains(field.getKey()) && field.getValue() instanceof JsonObject facts) {
          facts.entrySet().forEach(fact -> flat.add(fact.getKey(), fact.getValue()));
        } else {
          flat.add(field.getKey(), field.getValue());
        }
      }
      gson.toJson(flat, out);
    }

    @Override
    public T read(JsonReader in) {
      throw new UnsupportedOperationException("facts are written only");
    }
  }
}
