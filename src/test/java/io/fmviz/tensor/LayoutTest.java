package io.fmviz.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
  private static byte[] read(Layout layout, int size) {
    byte[] storage = new byte[(int) layout.available() * size];
    for (int i = 0; i < storage.length; i++) {
      storage[i] = (byte) i;
    }
    ByteBuffer bytes = layout.read(ByteBuffer.wrap(storage), size);
    byte[] read = new byte[bytes.remaining()];
    bytes.get(read);
    return read;
  }

  private static long[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1))
        .filter(t -> !t.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2 3, 3 1, 0 1 2 3 4 5",
    "1, 2 3, 1 2, 1 3 5 2 4 6",
    "4, 3, 2, 4 6 8",
    "2, '', '', 2",
    "5, 1 1 2, 99 7 3, 5 8",
    "0, 2 2 2, 1 4 2, 0 2 4 6 1 3 5 7",
    "9, 0 5, 5 1, ''"
  })
  void readsRowByRowWhereverTheValuesLie(int offset, String shape, String stride, String values) {
    Layout layout = new Layout(offset, numbers(shape), numbers(stride), 9);
    byte[] expected = new byte[(int) layout.count()];
    long[] at = numbers(values);
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) at[i];
    }
    assertThat(read(layout, 1)).isEqualTo(expected);
  }

  @Test
  void movesValuesOfSeveralBytesWhole() {
    assertThat(read(new Layout(1, new long[] {2, 2}, new long[] {1, 2}, 5), 2))
        .containsExactly(2, 3, 6, 7, 4, 5, 8, 9);
  }

  @Test
  void readsColumnByColumn() {
    assertThat(read(Layout.columnMajor(new long[] {2, 3}), 1)).containsExactly(0, 2, 4, 1, 3, 5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2 3, 3, has strides for another number of dimensions",
    "-1, 2, 1, begins outside its storage",
    "10, 0, 1, begins outside its storage",
    "9, 1, 1, ends outside its storage",
    "0, 10, 1, ends outside its storage",
    "1, 3 3, 3 1, ends outside its storage",
    "0, -1, 1, has a negative dimension",
    "0, 2, -1, has a negative stride",
    "0, 2, 0, has strides that lead to the same place twice",
    "0, 2 3, 2 1, has strides that lead to the same place twice",
    "0, 4611686018427387904 4, 4 1, has a shape too large",
    "0, 2 2, 9223372036854775807 9223372036854775806, has a shape too large",
    "9223372036854775807, 1, 1, begins outside its storage",
    "0, 3, 9223372036854775807, has a shape too large"
  })
  void refusesWhatDoesNotFitTheStorage(long offset, String shape, String stride, String reason) {
    assertThatThrownBy(() -> new Layout(offset, numbers(shape), numbers(stride), 9))
        .isInstanceOf(MalformedException.class)
        .hasMessage(reason);
  }

  @Test
  void refusesTooManyDimensions() {
    long[] ones = new long[33];
    Arrays.fill(ones, 1);
    assertThatThrownBy(() -> new Layout(0, ones, ones, 9)).hasMessage("has too many dimensions");
  }
}
