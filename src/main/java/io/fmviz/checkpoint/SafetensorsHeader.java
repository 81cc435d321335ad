package io.fmviz.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON header of a safetensors file. Read token by token: the nesting is fixed, a name that
 * comes twice is refused, and every tensor's bytes must follow from its type and shape and lie side
 * by side in the data, without a gap and without an overlap.
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {
  static final String METADATA = "__metadata__";

  /** One tensor: its bytes are {@code [begin, begin + length)} of the data. */
  record Entry(String type, long[] shape, long begin, long length) {
    long end() {
      return begin + length;
    }
  }

  static SafetensorsHeader parse(Path file, ByteBuffer text, long dataStart, long dataLength) {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    try (JsonReader json = new JsonReader(new StringReader(decode(text)))) {
      json.setStrictness(Strictness.STRICT);
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        check(names.add(name), file, name, "comes twice");
        if (name.equals(METADATA)) {
          readMetadata(file, json, metadata);
        } else {
          entries.put(name, readEntry(file, name, json));
        }
      }
      json.endObject();
      check(json.peek() == JsonToken.END_DOCUMENT, file, METADATA, "is followed by more text");
    } catch (CharacterCodingException e) {
      throw Safetensors.bad(file, "the header is not UTF-8", e);
    } catch (IOException | IllegalStateException | NumberFormatException | JsonParseException e) {
      throw Safetensors.bad(file, "the header is not the JSON it should be: " + brief(e), e);
    }
    checkLayout(file, entries, dataStart, dataLength);
    return new SafetensorsHeader(metadata, entries);
  }

  private static String decode(ByteBuffer text) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
  }

  /** Gson's message, without the page it refers to on its second line. */
  private static String brief(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void readMetadata(Path file, JsonReader json, Map<String, String> metadata)
      throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      check(json.peek() == JsonToken.STRING, file, METADATA, "holds more than strings: " + name);
      check(
          metadata.put(name, json.nextString()) == null,
          file,
          METADATA,
          "holds " + name + " twice");
    }
    json.endObject();
  }

  private static Entry readEntry(Path file, String name, JsonReader json) throws IOException {
    String type = null;
    long[] shape = null;
    long[] offsets = null;
    json.beginObject();
    Set<String> fields = new HashSet<>();
    while (json.hasNext()) {
      String field = json.nextName();
      check(fields.add(field), file, name, "has the field " + field + " twice");
      switch (field) {
        case "dtype" -> type = json.nextString();
        case "shape" -> shape = readNumbers(file, name, json);
        case "data_offsets" -> offsets = readNumbers(file, name, json);
        default ->
            throw Safetensors.bad(
                file, "the tensor %s has the unknown field %s".formatted(name, field), null);
      }
    }
    json.endObject();
    check(type != null && shape != null && offsets != null, file, name, "lacks a field");
    check(Tensor.SIZES.containsKey(type), file, name, "has the unknown type " + type);
    check(
        offsets.length == 2 && offsets[0] <= offsets[1],
        file,
        name,
        "has data_offsets that are no range");
    long length = offsets[1] - offsets[0];
    check(
        length == bytes(file, name, type, shape),
        file,
        name,
        "has " + length + " bytes, which do not fit its type and shape");
    return new Entry(type, shape, offsets[0], length);
  }

  private static long[] readNumbers(Path file, String name, JsonReader json) throws IOException {
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      check(json.peek() == JsonToken.NUMBER, file, name, "has a text where a number belongs");
      long number = json.nextLong();
      check(number >= 0, file, name, "has a negative number");
      check(numbers.size() < Tensor.MAX_RANK, file, name, "has too many dimensions");
      numbers.add(number);
    }
    json.endArray();
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static long bytes(Path file, String name, String type, long[] shape) {
    try {
      long bytes = Tensor.SIZES.get(type);
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw Safetensors.bad(file, "the tensor " + name + " has a shape too large", e);
    }
  }

  private static void checkLayout(
      Path file, Map<String, Entry> entries, long dataStart, long dataLength) {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long end = 0;
    for (Map.Entry<String, Entry> entry : sorted) {
      long begin = entry.getValue().begin();
      check(
          begin >= end,
          file,
          entry.getKey(),
          "overlaps the one before it at byte " + (dataStart + begin));
      check(
          begin == end,
          file,
          entry.getKey(),
          "leaves a gap before it at byte " + (dataStart + end));
      end = entry.getValue().end();
      check(
          end <= dataLength,
          file,
          entry.getKey(),
          "ends at byte %d, but the file ends at byte %d: it is cut off"
              .formatted(dataStart + end, dataStart + dataLength));
    }
    Safetensors.verify(
        end == dataLength, file, dataStart + end, "there are more bytes than the header describes");
  }

  private static void check(boolean condition, Path file, String name, String what) {
    if (!condition) {
      throw Safetensors.bad(
          file, (name.equals(METADATA) ? "" : "the tensor ") + name + " " + what, null);
    }
  }

  /** The header's entry of one tensor. */
  static JsonObject describe(String type, long[] shape, long begin, long length) {
    JsonObject entry = new JsonObject();
    entry.addProperty("dtype", type);
    JsonArray dimensions = new JsonArray();
    for (long dimension : shape) {
      dimensions.add(dimension);
    }
    entry.add("shape", dimensions);
    JsonArray offsets = new JsonArray();
    offsets.add(begin);
    offsets.add(begin + length);
    entry.add("data_offsets", offsets);
    return entry;
  }
}
