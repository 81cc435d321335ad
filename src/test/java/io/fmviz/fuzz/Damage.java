package io.fmviz.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ways to damage a good file. Collects the results, the same in the same order every time. */
final class Damage {
  private static final long[] EXTREME_INTS = {0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};
  private static final long[] EXTREME_LONGS = {0, 1, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE, -1};

  private final byte[] good;
  private final List<HostileFile> files = new ArrayList<>();

  Damage(byte[] good) {
    this.good = good;
  }

  List<HostileFile> files() {
    return files;
  }

  /** Adds a file, unless it is the good one. */
  Damage add(String what, byte[] content) {
    if (!Arrays.equals(content, good)) {
      files.add(new HostileFile(what, content));
    }
    return this;
  }

  /** Cuts the file off after some lengths; a negative one counts from its end. */
  Damage cut(int... lengths) {
    for (int length : lengths) {
      int kept = length < 0 ? good.length + length : length;
      add("cut off after " + kept + " bytes", Arrays.copyOf(good, kept));
    }
    return this;
  }

  /** Flips one bit of every so many bytes in {@code [from, to)}, each time another one. */
  Damage flip(int from, int to, int step) {
    for (int i = from; i < to; i += step) {
      byte[] bytes = good.clone();
      int bit = (i - from) / step % 8;
      bytes[i] ^= (byte) (1 << bit);
      add("bit %d of byte %d flipped".formatted(bit, i), bytes);
    }
    return this;
  }

  /** Puts extremes into a field of four bytes. */
  Damage extremeInts(String field, int offset, ByteOrder order) {
    for (long value : EXTREME_INTS) {
      byte[] bytes = good.clone();
      ByteBuffer.wrap(bytes).order(order).putInt(offset, (int) value);
      add(field + " is " + value, bytes);
    }
    return this;
  }

  /** Puts extremes into a field of eight bytes. */
  Damage extremeLongs(String field, int offset, ByteOrder order) {
    for (long value : EXTREME_LONGS) {
      byte[] bytes = good.clone();
      ByteBuffer.wrap(bytes).order(order).putLong(offset, value);
      add(field + " is " + value, bytes);
    }
    return this;
  }

  static byte[] join(byte[]... parts) {
    return Samples.bytes(
        out -> {
          for (byte[] part : parts) {
            out.write(part);
          }
        });
  }
}
