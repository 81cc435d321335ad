package io.fmviz.tensor;

import io.fmviz.base.Exact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes what {@code torch.save(collections.OrderedDict(...), file)} writes of float32 tensors: the
 * same pickle, opcode for opcode, in a zip archive with the tensors' bytes. {@code torch.load}
 * takes it, with {@code weights_only=True} too.
 */
public final class StateDictWriter {
  private static final String FOLDER = "archive/";

  /** Pickle's places for what comes again: each is written once, and then looked up. */
  private static final int ORDERED_DICT = 0;

  private static final int REBUILD_TENSOR = 3;
  private static final int STORAGE = 4;
  private static final int FLOAT_STORAGE = 5;
  private static final int CPU = 7;

  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private int memo;

  private StateDictWriter() {}

  /** Writes float32 tensors in the map's order. */
  public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
    try (ZipWriter zip = new ZipWriter(out)) {
      zip.add(FOLDER + "data.pkl", new StateDictWriter().pickle(tensors));
      zip.add(FOLDER + "byteorder", ascii("little"));
      int key = 0;
      for (Tensor tensor : tensors.values()) {
        zip.add(FOLDER + "data/" + key++, tensor.bytes());
      }
      zip.add(FOLDER + "version", ascii("3\n"));
    }
  }

  private byte[] pickle(Map<String, Tensor> tensors) {
    opcode(0x80);
    pickle.write(2);
    global("collections", "OrderedDict");
    opcode(')');
    opcode('R');
    put();
    opcode('(');
    int key = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      string(entry.getKey());
      tensor(key++, entry.getValue());
    }
    opcode('u');
    opcode('.');
    return pickle.toByteArray();
  }

  /** {@code _rebuild_tensor_v2(storage, 0, shape, stride, False, OrderedDict())}. */
  private void tensor(int key, Tensor tensor) {
    boolean first = key == 0;
    once(first, REBUILD_TENSOR, () -> global("torch._utils", "_rebuild_tensor_v2"));
    opcode('(');
    opcode('(');
    once(first, STORAGE, () -> string("storage"));
    once(first, FLOAT_STORAGE, () -> global("torch", "FloatStorage"));
    string(String.valueOf(key));
    once(first, CPU, () -> string("cpu"));
    integer(tensor.data().remaining() / Float.BYTES);
    opcode('t');
    put();
    opcode('Q');
    integer(0);
    tuple(tensor.shape());
    tuple(strides(tensor.shape()));
    opcode(0x89);
    get(ORDERED_DICT);
    opcode(')');
    opcode('R');
    put();
    opcode('t');
    put();
    opcode('R');
    put();
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = step;
      step = Exact.product(step, shape[i]);
    }
    return strides;
  }

  private void once(boolean first, int place, Runnable writer) {
    if (first) {
      writer.run();
    } else {
      get(place);
    }
  }

  private void global(String module, String name) {
    opcode('c');
    pickle.writeBytes(ascii(module + "\n" + name + "\n"));
    put();
  }

  private void string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    opcode('X');
    littleEndian(bytes.length, 4);
    pickle.writeBytes(bytes);
    put();
  }

  private void tuple(long[] values) {
    boolean counted = values.length <= 3;
    if (!counted) {
      opcode('(');
    }
    for (long value : values) {
      integer(Math.toIntExact(value));
    }
    // TUPLE1 to TUPLE3, 0x85 to 0x87; TUPLE ends at the mark.
    opcode(counted ? 0x84 + values.length : 't');
    put();
  }

  private void integer(int value) {
    if (value < 1 << 8) {
      opcode('K');
      littleEndian(value, 1);
    } else if (value < 1 << 16) {
      opcode('M');
      littleEndian(value, 2);
    } else {
      opcode('J');
      littleEndian(value, 4);
    }
  }

  private void put() {
    opcode(memo < 1 << 8 ? 'q' : 'r');
    littleEndian(memo, memo < 1 << 8 ? 1 : 4);
    memo++;
  }

  private void get(int place) {
    opcode('h');
    littleEndian(place, 1);
  }

  private void littleEndian(int value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      pickle.write(value >> (8 * i));
    }
  }

  private void opcode(int code) {
    pickle.write(code);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
