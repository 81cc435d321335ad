package io.fmviz.tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a zip archive as torch.save does: nothing is compressed, and each entry's bytes begin at a
 * multiple of 64, so that they can be used where they lie. The same entries give the same bytes.
 * The JDK does the format; only the padding is ours.
 */
final class ZipWriter implements AutoCloseable {
  private static final int ALIGNMENT = 64;
  private static final int LOCAL_HEADER = 30;
  private static final int EXTRA_HEADER = 4;

  /** The letters FB, under which PyTorch pads too. */
  private static final short PADDING = 0x4246;

  private static final LocalDateTime ALWAYS = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private long written;

  ZipWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  void add(String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(ALWAYS);
    long header = written + LOCAL_HEADER + name.getBytes(StandardCharsets.UTF_8).length;
    int padding = (int) (-(header + EXTRA_HEADER) & (ALIGNMENT - 1));
    entry.setExtra(
        ByteBuffer.allocate(EXTRA_HEADER + padding)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort(PADDING)
            .putShort((short) padding)
            .array());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
    written = header + EXTRA_HEADER + padding + content.length;
  }

  @Override
  public void close() throws IOException {
    zip.finish();
  }
}
