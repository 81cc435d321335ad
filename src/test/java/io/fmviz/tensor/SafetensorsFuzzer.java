package io.fmviz.tensor;

import io.fmviz.fuzz.FuzzedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Reads any bytes as safetensors; what is read must be the same after writing and reading again.
 */
public final class SafetensorsFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("x.safetensors");

  private SafetensorsFuzzer() {}

  public static void run(byte[] data) {
    FILE.parse(data, Safetensors::read)
        .ifPresent(
            first -> check(first, FILE.parse(bytes(first), Safetensors::read).orElseThrow()));
  }

  private static byte[] bytes(Safetensors content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void check(Safetensors first, Safetensors again) {
    boolean same =
        again.metadata().equals(first.metadata())
            && new ArrayList<>(again.tensors().keySet())
                .equals(new ArrayList<>(first.tensors().keySet()));
    for (String name : first.tensors().keySet()) {
      same = same && same(first.tensors().get(name), again.tensors().get(name));
    }
    if (!same) {
      throw new AssertionError("other tensors after writing and reading: " + first + again);
    }
  }

  private static boolean same(Tensor a, Tensor b) {
    return a.type().equals(b.type())
        && Arrays.equals(a.shape(), b.shape())
        && a.data().equals(b.data());
  }
}
