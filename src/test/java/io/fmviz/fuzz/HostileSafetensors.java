package io.fmviz.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Safetensors files that no checkpoint may be read from. */
public final class HostileSafetensors {
  private static final String FIRST =
      "\"net.0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1,3,3],\"data_offsets\":[0,36]}";
  private static final String SECOND =
      "\"net.0.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[36,40]}";
  private static final List<String> EXTREMES =
      List.of("0", "-1", "2147483648", "9223372036854775808", "1e400", "\"1\"", "[]");

  private final byte[] good = Samples.bytes(Samples.checkpoint());
  private final int dataStart =
      8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
  private final String header = new String(good, 8, dataStart - 8, StandardCharsets.UTF_8);
  private final Damage damage = new Damage(good);

  private HostileSafetensors() {}

  public static List<HostileFile> files() {
    HostileSafetensors hostile = new HostileSafetensors();
    hostile.damageBytes();
    hostile.damageNumbers();
    hostile.damageNames();
    hostile.damageText();
    return hostile.damage.files();
  }

  private void damageBytes() {
    int firstName = 8 + header.indexOf(FIRST);
    damage
        .cut(0, 7, 8, 9, firstName, dataStart, dataStart + 36, -1)
        .flip(0, 8, 4)
        .flip(firstName, firstName + FIRST.length(), 11)
        .flip(dataStart, good.length, 70)
        .extremeLongs("the header's length", 0, ByteOrder.LITTLE_ENDIAN)
        .add("a byte more", Arrays.copyOf(good, good.length + 1))
        .add("the header only, ten thousand times as long", withHeader(" ".repeat(4_000_000)));
  }

  private void damageNumbers() {
    for (String number : EXTREMES) {
      replace("a dimension is " + number, "[1,1,3,3]", "[1,1,%s,3]".formatted(number));
      replace("a tensor ends at " + number, "[36,40]", "[36,%s]".formatted(number));
    }
    String huge = "4294967296";
    replace("a shape overflows", "[1,1,3,3]", "[%s,%s,%s,3]".formatted(huge, huge, huge));
    replace("a shape has 40 dimensions", "[1,1,3,3]", "[" + "1,".repeat(39) + "9]");
    replace("a shape is of another rank", "[1,1,3,3]", "[9]");
    replace("a range has three ends", "[36,40]", "[36,40,44]");
    replace("tensors overlap", "[36,40]", "[32,36]");
    replace("a gap between tensors", "[36,40]", "[40,44]");
    replace("a range runs backwards", "[36,40]", "[40,36]");
  }

  private void damageNames() {
    replace("a name comes twice", SECOND, FIRST);
    replace("a name is not the network's", "net.0.bias", "net.0.b\u00efas");
    replace("a name is a path", "net.0.bias", "../../../etc/passwd");
    replace("a name is a terminal's command", "net.0.bias", "\\u001b[2J\\r\\nnet.0.bias");
    replace("a name of a million letters", "net.0.bias", "n".repeat(1_000_000));
    replace("a tensor is missing", SECOND + ",", "");
    replace("an unknown type", "F32", "F31");
    replace("a type of other size", "F32", "F64");
    replace("a type of the same size", "F32", "I32");
    replace("an unknown field", "\"dtype\"", "\"more\":1,\"dtype\"");
    replace("a field comes twice", "\"dtype\"", "\"dtype\":\"F32\",\"dtype\"");
    replace("a field is missing", "\"dtype\":\"F32\",", "");
    replace("metadata comes twice", FIRST, "\"__metadata__\":{}," + FIRST);
    replace("metadata is a list", "\"__metadata__\":{", "\"__metadata__\":[],\"a\":{");
    replace("metadata holds a number", "\"format\":\"pt\"", "\"format\":1");
    replace("the check sum is another", "sha256\":\"", "sha256\":\"0");
  }

  private void damageText() {
    for (String text : List.of("", "{}", "[]", "{'a':{}}")) {
      damage.add("the header is " + text, withHeader(text));
    }
    damage.add("100,000 nested lists", withHeader("{\"a\":" + "[".repeat(100_000)));
    damage.add("100,000 nested objects", withHeader("{\"a\":".repeat(100_000)));
    damage.add("a comment", withHeader("/**/" + header));
    damage.add("more text behind the header", withHeader(header + "x"));
    damage.add("a byte order mark", withHeader("\ufeff" + header));
    damage.add("half a pair of surrogates", withHeader(header.replace("net.0.bias", "\\ud800")));
    byte[] latin = good.clone();
    latin[8 + header.indexOf("net.0")] = (byte) 0xe9;
    damage.add("a header that is not UTF-8", latin);
    damage.add("a page of HTML", "<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8));
  }

  private void replace(String what, String part, String replacement) {
    damage.add(what, withHeader(header.replace(part, replacement)));
  }

  /** The good file's tensors behind another header. */
  private byte[] withHeader(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return Damage.join(
        length.putLong(bytes.length).array(),
        bytes,
        Arrays.copyOfRange(good, dataStart, good.length));
  }
}
