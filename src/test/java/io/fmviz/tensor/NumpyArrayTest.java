package io.fmviz.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.MalformedException;
import io.fmviz.base.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumpyArrayTest {
  @TempDir private Path folder;

  private static byte[] file(int version, String header, int values) {
    int lengthBytes = version == 1 ? 2 : 4;
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + lengthBytes + header.length() + values)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) version).put((byte) 0);
    if (version == 1) {
      bytes.putShort((short) header.length());
    } else {
      bytes.putInt(header.length());
    }
    return bytes.put(header.getBytes(StandardCharsets.ISO_8859_1)).array();
  }

  private static String header(String type, String order, String shape) {
    return "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
  }

  private static Tensor read(byte[] bytes) {
    return NumpyArray.read(ByteBuffer.wrap(bytes));
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(MalformedException.class).hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "1, <f4, '(2, 3)', 24, F32",
    "2, <f8, '(3,)', 24, F64",
    "3, <f2, '(1, 1, 1)', 2, F16",
    "1, <i8, '()', 8, I64",
    "1, |b1, '(0, 7)', 0, BOOL",
    "1, |u1, '(5,)', 5, U8"
  })
  void readsEveryVersionAndType(int version, String numpy, String shape, int bytes, String type) {
    Tensor tensor = read(file(version, header(numpy, "False", shape), bytes));
    assertThat(tensor.type()).isEqualTo(type);
    assertThat(tensor.data().remaining()).isEqualTo(bytes);
    assertThat(Layout.count(tensor.shape()) * Tensor.SIZES.get(type)).isEqualTo(bytes);
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NumpyArray.write(Tensor.of(new long[] {2, 1}, new float[] {1.5f, -0.0f}), out);
    assertThat(out.size() % 64).isEqualTo(8);
    Tensor tensor = read(out.toByteArray());
    assertThat(tensor.shape()).containsExactly(2, 1);
    assertThat(StoredExamples.bits(tensor)).containsExactly(0x3fc00000, 0x80000000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">f4|False|(1,)|its values are of the type >f4",
        "<f16|False|(1,)|its values are of the type <f16",
        "<f4|false|(1,)|its header is not that of an array of numbers",
        "<f4|False|(1|its header is not that of an array of numbers",
        "<f4|False|[1]|its header is not that of an array of numbers",
        "<f4|False|(-1,)|its header is not that of an array of numbers",
        "<f4|False|(1L,)|its header is not that of an array of numbers",
        "<f4|False|(1e1,)|its header is not that of an array of numbers",
        "<f4|False|(9999999999999999999,)|its header is not that of an array of numbers",
        "<f4|False|(2,)|it has 4 bytes of values, which do not fit its type and shape",
        "<f4|False|(0,)|it has 4 bytes of values, which do not fit its type and shape",
        "<f8|False|(1,)|it has 4 bytes of values, which do not fit its type and shape",
        "<f4|True|(999999999999999999, 1)|it has 4 bytes of values, which do not fit its type and"
            + " shape",
        "<f4|False|(999999999999999999, 999999999999999999)|has a shape too large"
      })
  void refusesAHeaderThatDoesNotFit(String type, String order, String shape, String reason) {
    assertRefused(file(1, header(type, order, shape), 4), reason);
  }

  @Test
  void refusesPickledObjectsAndStructures() {
    assertRefused(
        file(1, header("|O", "False", "(1,)"), 4),
        "it holds pickled objects, which fmviz does not open");
    assertRefused(
        file(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }\n", 4),
        "its header is not that of an array of numbers");
    assertRefused(
        file(1, header("<f4", "False", "(1,)") + "__import__('os')", 4),
        "its header is not that of an array of numbers");
  }

  @Test
  void refusesWhatIsNotWhole() throws IOException {
    byte[] whole = file(2, header("<f4", "False", "(1,)"), 4);
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> NumpyArray.read(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(MalformedException.class);
    }
    whole[6] = 4;
    assertRefused(whole, "its version is not 1.0, 2.0 or 3.0");
    whole[0] = 0;
    assertRefused(whole, "it does not begin as NumPy's files do");
    assertRefused(
        file(2, header("<f4", "False", "(" + "1, ".repeat(5000) + ")"), 4),
        "its header is too long");
    assertRefused(
        file(1, header("<f4", "False", "(" + "1, ".repeat(3000) + ")"), 4),
        "its header is not that of an array of numbers");
    assertRefused(
        file(1, header("<f4", "False", "(" + "1, ".repeat(32) + "1)"), 4),
        "it has too many dimensions");
  }

  @Test
  void namesTheArrayInTheArchive() throws IOException {
    Path file = folder.resolve("x.npz");
    byte[] array = file(1, header("<f4", "False", "(2,)"), 4);
    Files.write(file, StoredExamples.zip(Map.of("fc.bias.npy", array)));
    assertThatThrownBy(() -> TensorFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " can't be read as NumPy's arrays: fc.bias.npy, it has 4 bytes of values, which do"
                + " not fit its type and shape");
  }

  @Test
  void writesFloat32Only() {
    Tensor tensor = new Tensor("F64", new long[] {0}, ByteBuffer.allocate(0));
    assertThatThrownBy(() -> NumpyArray.write(tensor, new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("only float32 is written, not F64");
  }
}
