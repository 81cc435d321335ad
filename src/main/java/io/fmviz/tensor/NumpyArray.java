package io.fmviz.tensor;

import static io.fmviz.base.MalformedException.verify;

import io.fmviz.base.Exact;
import io.fmviz.base.MalformedException;
import io.fmviz.base.Numbers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * NumPy's file of one array: the magic number, the version, the header's length, the header (a
 * Python dict that gives type, order and shape), then the values (numpy.lib.format).
 *
 * <p>By hand, because the one library for it, org.jetbrains.bio:npy (0.3.5, of 2021, with Kotlin's
 * 1.5 MB), knows neither float16 nor Fortran order and takes the memory that the shape announces;
 * and DJL's reader needs the engine.
 */
public final class NumpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Where version 1.0 has the header's length, in two bytes; 2.0 and 3.0 have it in four. */
  private static final int LENGTH_AT = 8;

  /** NumPy aligns the values to that many bytes. */
  private static final int ALIGNMENT = 64;

  /** NumPy's own limit on what it reads without being told otherwise. */
  private static final int MAX_HEADER = 10_000;

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']{1,20})', 'fortran_order': (True|False),"
              + " 'shape': \\(((?:\\d{1,18}, ?){0,32}(?:\\d{1,18})?)\\),? ?\\} *\n?");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("<f2", "F16"),
          Map.entry("<f4", Tensor.FLOAT32),
          Map.entry("<f8", "F64"),
          Map.entry("|b1", "BOOL"),
          Map.entry("|i1", "I8"),
          Map.entry("<i2", "I16"),
          Map.entry("<i4", "I32"),
          Map.entry("<i8", "I64"),
          Map.entry("|u1", "U8"),
          Map.entry("<u2", "U16"),
          Map.entry("<u4", "U32"),
          Map.entry("<u8", "U64"));

  private NumpyArray() {}

  /**
   * Reads a file.
   *
   * @throws MalformedException which says what is wrong, as in "it ends early"
   */
  static Tensor read(ByteBuffer file) {
    ByteBuffer bytes = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    verify(bytes.limit() > LENGTH_AT + 2, "it ends early");
    byte[] magic = new byte[MAGIC.length];
    bytes.get(magic);
    verify(Arrays.equals(magic, MAGIC), "it does not begin as NumPy's files do");
    int major = bytes.get();
    verify(major >= 1 && major <= 3 && bytes.get() == 0, "its version is not 1.0, 2.0 or 3.0");
    verify(major == 1 || bytes.limit() > LENGTH_AT + 4, "it ends early");
    long length =
        major == 1 ? Short.toUnsignedInt(bytes.getShort()) : Integer.toUnsignedLong(bytes.getInt());
    verify(length <= Math.min(MAX_HEADER, bytes.remaining()), "its header is too long");
    byte[] header = new byte[(int) length];
    bytes.get(header);
    return read(new String(header, StandardCharsets.ISO_8859_1), bytes.slice());
  }

  private static Tensor read(String header, ByteBuffer values) {
    Matcher fields = HEADER.matcher(header);
    verify(fields.matches(), "its header is not that of an array of numbers");
    String descr = fields.group(1);
    verify(!descr.contains("O"), "it holds pickled objects, which fmviz does not open");
    String type = TYPES.get(descr);
    verify(type != null, "its values are of the type %s", descr);
    long[] shape =
        Arrays.stream(fields.group(3).split("[, ]+", -1))
            .filter(dimension -> !dimension.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    verify(shape.length <= Tensor.MAX_RANK, "it has too many dimensions");
    // Each value takes a byte at least, so a count that fits the file is far from overflow.
    long count = Layout.count(shape);
    int size = Tensor.SIZES.get(type);
    verify(
        count <= values.limit() && Exact.product(count, size) == values.limit(),
        "it has %s of values, which do not fit its type and shape",
        Numbers.count(values.limit(), "byte"));
    return new Tensor(
        type,
        shape,
        fields.group(2).equals("True") ? Layout.columnMajor(shape).read(values, size) : values);
  }

  /** Writes a float32 tensor, with the same bytes as numpy.save. */
  public static void write(Tensor tensor, OutputStream out) throws IOException {
    if (!tensor.type().equals(Tensor.FLOAT32)) {
      throw new IllegalArgumentException("only float32 is written, not " + tensor.type());
    }
    out.write(header(tensor.shape()));
    out.write(tensor.bytes());
  }

  private static byte[] header(long[] shape) {
    String dimensions =
        Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(dimensions, shape.length == 1 ? "," : "");
    int start = LENGTH_AT + 2;
    // Room for at least the end of the line.
    int length = (start + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - start;
    ByteBuffer header = ByteBuffer.allocate(start + length).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) length);
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }
}
