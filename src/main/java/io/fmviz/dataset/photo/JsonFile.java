package io.fmviz.dataset.photo;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.fmviz.base.FileSize;
import io.fmviz.base.JsonFault;
import io.fmviz.base.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON that others wrote: whatever it holds, a value is there and of its type, or not. */
final class JsonFile {
  /** The names of 21,000 classes are one megabyte; more would be no file of settings. */
  static final long MAX_BYTES = 16_000_000;

  private JsonFile() {}

  /**
   * The text of a file.
   *
   * @throws UserException if it can't be read, is too large, or no text in UTF-8, nor in UTF-16
   *     with its mark in front
   */
  static String text(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserException(file + " is a folder: name the file in it");
    }
    if (FileSize.of(file) > MAX_BYTES) {
      throw new UserException(
          "%s has more than %d MB: that is another kind of file"
              .formatted(file, MAX_BYTES / 1_000_000));
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UserException(file + " is not UTF-8 text; save it again in UTF-8", e);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }

  /** Windows' Notepad and PowerShell write UTF-16. */
  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    return mark == 0xfeff
        ? StandardCharsets.UTF_16BE
        : mark == 0xfffe ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
  }

  /**
   * The value that a file holds.
   *
   * @throws UserException if its text is no JSON
   */
  static JsonElement parse(Path file, String text) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement value = new Gson().getAdapter(JsonElement.class).read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw bad(file, "there is more behind its end", null);
      }
      return value;
    } catch (EOFException e) {
      throw bad(file, "it ends early", e);
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
      throw bad(file, JsonFault.of(e), e);
    }
  }

  /** What is no JSON, or not that which was expected. */
  static UserException bad(Path file, String reason, Exception cause) {
    return new UserException("%s is not JSON: %s".formatted(file, reason), cause);
  }

  /** What a value is, in words. */
  static String kind(JsonElement value) {
    if (value instanceof JsonObject) {
      return "an object";
    }
    if (value instanceof JsonArray) {
      return "a list";
    }
    if (value instanceof JsonPrimitive primitive) {
      return primitive.isString()
          ? "a string"
          : primitive.isNumber() ? "a number" : value.toString();
    }
    return "null";
  }

  /** An object's member that is an object; null if there is none. */
  static JsonObject object(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonObject object ? object : null;
  }

  /** An object's member that is a finite number; null if there is none. */
  static Double number(JsonObject parent, String name) {
    return number(parent.get(name));
  }

  private static Double number(JsonElement element) {
    if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
      double value = primitive.getAsDouble();
      return Double.isFinite(value) ? value : null;
    }
    return null;
  }

  /** An object's member that is a side of a picture; null if there is none. */
  static Integer side(JsonObject parent, String name) {
    return side(parent.get(name));
  }

  /** A side of a picture; null if it is something else. */
  static Integer side(JsonElement element) {
    Double number = number(element);
    return number == null || number < 1 || number > 100_000 || number != Math.rint(number)
        ? null
        : (Integer) number.intValue();
  }

  /** An object's member that is true or false; null if there is none. */
  static Boolean flag(JsonObject parent, String name) {
    if (parent.get(name) instanceof JsonPrimitive primitive && primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    return null;
  }

  /** An object's member that is text; null if there is none. */
  static String string(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonPrimitive primitive && primitive.isString()
        ? primitive.getAsString()
        : null;
  }

  /** An object's member that is a number, or a list of up to four; null if it is none. */
  static List<Double> numbers(JsonObject parent, String name) {
    Double one = number(parent, name);
    if (one != null) {
      return List.of(one);
    }
    if (!(parent.get(name) instanceof JsonArray array) || array.isEmpty() || array.size() > 4) {
      return null;
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonElement element : array) {
      Double number = number(element);
      if (number == null) {
        return null;
      }
      numbers.add(number);
    }
    return numbers;
  }
}
