package io.fmviz.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {
  private static byte[] bytes(Npy array) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    array.writeTo(out);
    return out.toByteArray();
  }

  /** What {@code numpy.save} writes for the same arrays. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1 2 1 1|(1, 2, 1, 1)", "2|(2,)", "2 1|(2, 1)"})
  void writesWhatNumpyWrites(String shape, String tuple) throws IOException {
    long[] sizes = List.of(shape.split(" ")).stream().mapToLong(Long::parseLong).toArray();
    byte[] file = bytes(new Npy(sizes, new float[] {1.5f, Float.NaN}));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + tuple + ", }";
    ByteBuffer expected = ByteBuffer.allocate(128 + 8).order(ByteOrder.LITTLE_ENDIAN);
    expected.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
    expected.put(header.getBytes(StandardCharsets.US_ASCII));
    while (expected.position() < 127) {
      expected.put((byte) ' ');
    }
    expected.put((byte) '\n').putFloat(1.5f).putFloat(Float.NaN);
    assertThat(file).isEqualTo(expected.array());
  }

  @Test
  void packsSeveralIntoOneArchiveOfTheSameBytesEveryTime() throws IOException {
    Npy first = new Npy(new long[] {1}, new float[] {7});
    Npy second = new Npy(new long[] {2}, new float[] {8, 9});
    Map<String, Npy> arrays = new LinkedHashMap<>();
    arrays.put("Conv2d_1", first);
    arrays.put("input", second);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.writeAll(arrays, out);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    Npy.writeAll(arrays, again);
    assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        assertThat(zip.readAllBytes()).isEqualTo(bytes(names.size() == 1 ? first : second));
      }
    }
    assertThat(names).containsExactly("Conv2d_1.npy", "input.npy");
  }
}
