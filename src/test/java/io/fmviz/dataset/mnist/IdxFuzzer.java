package io.fmviz.dataset.mnist;

import io.fmviz.fuzz.FuzzedFile;
import java.util.Arrays;

/** Reads any bytes as labels and as images of 3 x 2, gzipped or not. */
public final class IdxFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("images-idx3-ubyte");

  private IdxFuzzer() {}

  public static void run(byte[] data) {
    FILE.write(data);
    FILE.parse(file -> Idx.read(file)).ifPresent(IdxFuzzer::check);
    FILE.parse(file -> Idx.read(file, 3, 2)).ifPresent(IdxFuzzer::check);
  }

  private static void check(Idx idx) {
    long product = Arrays.stream(idx.dimensions()).asLongStream().reduce(1, Math::multiplyExact);
    if (product != idx.data().length) {
      throw new AssertionError("%d bytes, not %d".formatted(idx.data().length, product));
    }
  }
}
