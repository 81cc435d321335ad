package io.fmviz.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir private Path folder;

  private static byte[] file(long headerLength, byte[] header, int dataLength) {
    return ByteBuffer.allocate(8 + header.length + dataLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerLength)
        .put(header)
        .array();
  }

  private static byte[] file(String header, int dataLength) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return file(text.length, text, dataLength);
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("x.safetensors"), content);
  }

  private void assertRefused(byte[] content, String reason) throws IOException {
    Path file = write(content);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is not a safetensors file: " + reason);
  }

  @Test
  void readsBackWhatItWroteToTheBit() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    float[] odd = {Float.NaN, -0.0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 1, 2};
    tensors.put("z.weight", Tensor.of(new long[] {2, 3}, odd));
    tensors.put("empty", Tensor.of(new long[] {0, 5}, new float[0]));
    tensors.put("scalar", Tensor.of(new long[0], new float[] {7}));
    Map<String, String> metadata = Map.of("note", "\"quoted\" \u00e9 \u4e2d");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Safetensors(metadata, tensors).writeTo(out);

    Safetensors read = Safetensors.read(write(out.toByteArray()));

    assertThat(read.metadata()).isEqualTo(metadata);
    assertThat(read.tensors().keySet()).containsExactly("z.weight", "empty", "scalar");
    assertThat(read.tensors().get("z.weight").shape()).containsExactly(2, 3);
    assertThat(bits(read.tensors().get("z.weight").floats())).isEqualTo(bits(odd));
    assertThat(read.tensors().get("empty").floats()).isEmpty();
    assertThat(read.tensors().get("scalar").floats()).containsExactly(7);
    assertThat(read.tensors().get("scalar").shape()).isEmpty();
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    read.writeTo(again);
    assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  @Test
  void alignsTheTensorsToEightBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Safetensors(Map.of(), Map.of("a", Tensor.of(new long[] {1}, new float[] {1}))).writeTo(out);
    assertThat(new String(out.toByteArray(), 8, 56, StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  ");
    assertThat(out.size()).isEqualTo(8 + 56 + 4);
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.of(new long[] {2}, new float[] {1, 2}));
    tensors.put("b", Tensor.of(new long[] {1}, new float[] {3}));
    new Safetensors(Map.of("k", "v"), tensors).writeTo(out);
    byte[] whole = out.toByteArray();
    for (int length = 0; length < whole.length; length++) {
      Path cut = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(cut + " is not a safetensors file: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 18446744073709551615",
    "0, 0",
    "1, 1",
    "3, 3",
    "4611686018427387904, 4611686018427387904"
  })
  void refusesAHeaderThatIsLongerThanTheFileOrNone(long length, String shown) throws IOException {
    assertRefused(
        file(length, "{}".getBytes(StandardCharsets.UTF_8), 0),
        "at byte 0, the header's length is " + shown + ", but the file has 10 bytes");
  }

  @Test
  void refusesOverlappingTensors() throws IOException {
    String entry = "\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}";
    String header = "{" + entry.formatted("a", 0, 4) + "," + entry.formatted("b", 2, 6) + "}";
    assertRefused(
        file(header, 6),
        "the tensor b overlaps the one before it at byte " + (8 + header.length() + 2));
  }

  private static String tensor(String type, String shape, String offsets) {
    return "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
        .formatted(type, shape, offsets);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32|[1]|[0,5]|the tensor a has 5 bytes, which do not fit its type and shape",
        "F32|[2]|[0,4]|the tensor a has 4 bytes, which do not fit its type and shape",
        "F64|[1]|[0,4]|the tensor a has 4 bytes, which do not fit its type and shape",
        "F33|[1]|[0,4]|the tensor a has the unknown type F33",
        "F32|[-1]|[0,4]|the tensor a has a negative number",
        "F32|[1]|[4,0]|the tensor a has data_offsets that are not a range",
        "F32|[1]|[0]|the tensor a has data_offsets that are not a range",
        "F32|[1]|[0,4,8]|the tensor a has data_offsets that are not a range",
        "F32|[4611686018427387904,4]|[0,4]|the tensor a has a shape too large",
        "F32|[\"1\"]|[0,4]|the tensor a has a text where a number belongs",
        "F32|[1]|[4,8]|the tensor a leaves a gap before it at byte 64",
        "F32|[2]|[0,8]|the tensor a ends at byte 72, but the file ends at byte 68: it is cut off",
        "F32|[0]|[0,0]|at byte 64, there are more bytes than the header describes",
        "F32|[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]|[0,4]"
            + "|the tensor a has too many dimensions",
      })
  void refusesATensorThatDoesNotAddUp(String type, String shape, String offsets, String reason)
      throws IOException {
    byte[] header =
        Arrays.copyOf(tensor(type, shape, offsets).getBytes(StandardCharsets.UTF_8), 56);
    String text = tensor(type, shape, offsets);
    if (text.length() > header.length) {
      header = text.getBytes(StandardCharsets.UTF_8);
    } else {
      Arrays.fill(header, text.length(), header.length, (byte) ' ');
    }
    assertRefused(file(header.length, header, 4), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]",
        "{",
        "{}x",
        "{'a':1}",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":{}}",
        "nul",
        "\ufeff{}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e99],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0],\"more\":1}}",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"__metadata__\":{\"a\":{}}}",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}",
        "{\"__metadata__\":[]}",
        "{\"__metadata__\":{\"half a pair\":\"\\udc00\"}}",
        "{\"\\ud800\":{}}"
      })
  void refusesAHeaderThatIsNotWhatItShouldBe(String header) throws IOException {
    Path file = write(file(header, 0));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + " is not a safetensors file: ")
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"__metadata__\":{},\"__metadata__\":{\"a\":\"1\"}} | __metadata__ comes twice",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}} | __metadata__ holds a twice",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}} | the tensor a has the field dtype twice",
        "{\"a\\nb\":{\"more\":1}} | the tensor a?b has the unknown field more"
      })
  void refusesWhatComesTwiceAndUnknownFields(String header, String reason) throws IOException {
    assertRefused(file(header, 0), reason);
  }

  @Test
  void refusesNestingWithoutFallingIntoIt() throws IOException {
    Path file = write(file("{\"a\":" + "[".repeat(1_000_000), 0));
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(UserException.class);
    Path shape = write(file("{\"a\":{\"dtype\":\"F32\",\"shape\":" + "[".repeat(1_000_000), 0));
    assertThatThrownBy(() -> Safetensors.read(shape)).isInstanceOf(UserException.class);
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    assertRefused(file(3, new byte[] {'{', (byte) 0xc3, 0x28}, 0), "the header is not UTF-8");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path file = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot read " + file);
  }
}
