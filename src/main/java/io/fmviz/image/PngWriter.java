package io.fmviz.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes 8-bit grey and RGB PNG files: signature, IHDR, IDAT chunks of one zlib stream of
 * unfiltered rows, IEND (PNG specification, third edition). A writer holds its buffers and may be
 * used again, by one thread at a time.
 */
public final class PngWriter implements AutoCloseable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHUNK = 1 << 15;
  private static final int GREY = 0;
  private static final int RGB = 2;

  private static final int LEVEL = Deflater.DEFAULT_COMPRESSION;

  private final Deflater deflater = newDeflater();
  private final byte[] packed = new byte[CHUNK];
  private int filled;

  /** The compressor of a writer, with all its settings. */
  static Deflater newDeflater() {
    return new Deflater(LEVEL);
  }

  /** Writes one grey picture; the stream is left open. */
  public void write(GrayImage image, OutputStream out) throws IOException {
    write(image.height(), image.width(), GREY, image.pixels(), image.width(), out);
  }

  /** Writes one coloured picture; the stream is left open. */
  public void write(RgbImage image, OutputStream out) throws IOException {
    int rowBytes = image.width() * RgbImage.CHANNELS;
    write(image.height(), image.width(), RGB, image.pixels(), rowBytes, out);
  }

  private void write(
      int height, int width, int colorType, byte[] pixels, int rowBytes, OutputStream out)
      throws IOException {
    out.write(SIGNATURE);
    writeChunk(out, "IHDR", header(height, width, colorType));
    deflater.reset();
    filled = 0; // after a write that failed
    byte[] row = new byte[1 + rowBytes]; // The first byte is the filter: 0, none.
    for (int r = 0; r < height; r++) {
      System.arraycopy(pixels, r * rowBytes, row, 1, rowBytes);
      deflater.setInput(row);
      drain(out);
    }
    deflater.finish();
    drain(out);
    flush(out);
    writeChunk(out, "IEND", new byte[0]);
  }

  private void drain(OutputStream out) throws IOException {
    int count;
    while ((count = deflater.deflate(packed, filled, CHUNK - filled)) > 0) {
      filled += count;
      if (filled == CHUNK) {
        flush(out);
      }
    }
  }

  private void flush(OutputStream out) throws IOException {
    writeChunk(out, "IDAT", packed, filled);
    filled = 0;
  }

  private static byte[] header(int height, int width, int colorType) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(13);
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(width);
    data.writeInt(height);
    // 8 bits a channel, deflate, filter set 0, not interlaced
    data.write(new byte[] {8, (byte) colorType, 0, 0, 0});
    return bytes.toByteArray();
  }

  private static void writeChunk(OutputStream out, String type, byte[] content) throws IOException {
    writeChunk(out, type, content, content.length);
  }

  /** Length, type, content, and a CRC of type and content. */
  private static void writeChunk(OutputStream out, String type, byte[] content, int length)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content, 0, length);
    writeInt(out, length);
    out.write(name);
    out.write(content, 0, length);
    writeInt(out, (int) crc.getValue());
  }

  private static void writeInt(OutputStream out, int value) throws IOException {
    out.write(value >>> 24);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
