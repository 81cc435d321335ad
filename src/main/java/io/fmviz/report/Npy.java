package io.fmviz.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Arrays as NumPy's files: one as {@code .npy}, format version 1.0 (NumPy Enhancement Proposal 1),
 * several as {@code .npz}, a zip archive of these, which {@code numpy.load} reads.
 *
 * @param shape the product of which is the number of values
 * @param values row by row
 */
public record Npy(long[] shape, float[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The header with what is before it is filled up to a multiple of this. */
  private static final int ALIGNMENT = 64;

  /** Writes the array as float32; the stream is left open. */
  public void writeTo(OutputStream out) throws IOException {
    String sizes =
        Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "))
            + (shape.length == 1 ? "," : "");
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }";
    int unpadded = MAGIC.length + Short.BYTES + header.length() + 1;
    header += " ".repeat(Math.floorMod(-unpadded, ALIGNMENT)) + "\n";
    out.write(MAGIC);
    out.write(header.length());
    out.write(header.length() >>> 8);
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
  }

  /** Writes arrays by their names; the stream is left open. */
  public static void writeAll(Map<String, Npy> arrays, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, Npy> array : arrays.entrySet()) {
      ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
      entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the same bytes always
      zip.putNextEntry(entry);
      array.getValue().writeTo(zip);
      zip.closeEntry();
    }
    zip.finish();
  }
}
