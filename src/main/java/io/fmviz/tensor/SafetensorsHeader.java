package io.fmviz.tensor;

import static io.fmviz.base.MalformedException.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.fmviz.base.JsonFault;
import io.fmviz.base.MalformedException;
import io.fmviz.base.Numbers;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  /**
   * Reads the header.
   *
   * @param dataStart where the data begins in the file, and so the header ends
   * @throws MalformedException if it is not as it should be, or does not fit the data
   */
  static SafetensorsHeader parse(ByteBuffer text, long dataStart, long dataLength) {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    try (JsonReader json = new JsonReader(new StringReader(decode(text)))) {
      json.setStrictness(Strictness.STRICT);
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        check(names.add(name), name, "comes twice");
        if (name.equals(METADATA)) {
          readMetadata(json, metadata);
        } else {
          entries.put(name, readEntry(name, json));
        }
      }
      json.endObject();
      check(json.peek() == JsonToken.END_DOCUMENT, METADATA, "is followed by more text");
    } catch (CharacterCodingException e) {
      throw new MalformedException("the header is not UTF-8", e);
    } catch (IOException | IllegalStateException | NumberFormatException | JsonParseException e) {
      throw new MalformedException(
          "the header is not the JSON it should be: " + JsonFault.of(e), e);
    }
    checkLayout(entries, dataStart, dataLength);
    return new SafetensorsHeader(metadata, entries);
  }

  private static String decode(ByteBuffer text) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
  }

  private static void readMetadata(JsonReader json, Map<String, String> metadata)
      throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      check(json.peek() == JsonToken.STRING, METADATA, "holds more than strings: %s", name);
      check(metadata.put(name, json.nextString()) == null, METADATA, "holds %s twice", name);
    }
    json.endObject();
  }

  private static Entry readEntry(String name, JsonReader json) throws IOException {
    String type = null;
    long[] shape = null;
    long[] offsets = null;
    json.beginObject();
    Set<String> fields = new HashSet<>();
    while (json.hasNext()) {
      String field = json.nextName();
      check(fields.add(field), name, "has the field %s twice", field);
      switch (field) {
        case "dtype" -> type = json.nextString();
        case "shape" -> shape = readNumbers(name, json);
        case "data_offsets" -> offsets = readNumbers(name, json);
        default -> check(false, name, "has the unknown field %s", field);
      }
    }
    json.endObject();
    check(type != null && shape != null && offsets != null, name, "lacks a field");
    check(Tensor.SIZES.containsKey(type), name, "has the unknown type %s", type);
    check(
        offsets.length == 2 && offsets[0] <= offsets[1],
        name,
        "has data_offsets that are not a range");
    long length = offsets[1] - offsets[0];
    check(
        length == bytes(name, type, shape),
        name,
        "has %s, which do not fit its type and shape",
        Numbers.count(length, "byte"));
    return new Entry(type, shape, offsets[0], length);
  }

  private static long[] readNumbers(String name, JsonReader json) throws IOException {
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      check(json.peek() == JsonToken.NUMBER, name, "has a text where a number belongs");
      long number = json.nextLong();
      check(number >= 0, name, "has a negative number");
      check(numbers.size() < Tensor.MAX_RANK, name, "has too many dimensions");
      numbers.add(number);
    }
    json.endArray();
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static long bytes(String name, String type, long[] shape) {
    try {
      long bytes = Tensor.SIZES.get(type);
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw new MalformedException("the tensor " + name + " has a shape too large", e);
    }
  }

  private static void checkLayout(Map<String, Entry> entries, long dataStart, long dataLength) {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long end = 0;
    for (Map.Entry<String, Entry> entry : sorted) {
      long begin = entry.getValue().begin();
      check(
          begin >= end, entry.getKey(), "overlaps the one before it at byte %d", dataStart + begin);
      check(begin == end, entry.getKey(), "leaves a gap before it at byte %d", dataStart + end);
      end = entry.getValue().end();
      check(
          end <= dataLength,
          entry.getKey(),
          "ends at byte %d, but the file ends at byte %d: it is cut off",
          dataStart + end,
          dataStart + dataLength);
    }
    verify(end == dataLength, dataStart + end, "there are more bytes than the header describes");
  }

  /** Checks one entry of the header, which the reason then begins with. */
  private static void check(boolean condition, String name, String what, Object... values) {
    if (!condition) {
      String subject = name.equals(METADATA) ? name : "the tensor " + name;
      throw new MalformedException(subject + " " + String.format(Locale.ROOT, what, values), null);
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
