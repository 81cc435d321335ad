package io.fmviz.dataset.mnist;

import static io.fmviz.base.MalformedException.verify;

import io.fmviz.base.Exact;
import io.fmviz.base.FileKind;
import io.fmviz.base.FileSize;
import io.fmviz.base.MalformedException;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * One IDX file of unsigned bytes, gzipped or not: a magic number (two zero bytes, the type {@code
 * 0x08}, the number of dimensions), each dimension as a big-endian int, then the bytes. The format
 * is described at the end of yann.lecun.com/exdb/mnist.
 *
 * @param dimensions all positive
 * @param data as many bytes as the product of the dimensions
 */
record Idx(int[] dimensions, byte[] data) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int GZIP_MAGIC = 0x1f8b;

  /** Deflate packs at most 1032 bytes into one: more can't come out of a file of a given size. */
  private static final long MAX_RATIO = 1032;

  /**
   * Reads a file, checking everything that its header says before its bytes. Memory is bounded by
   * what the file itself can hold, and no more is unpacked than the header announces, and one byte.
   *
   * @param item the dimensions that are expected after the first: {@code (28, 28)} for images, none
   *     for labels
   * @throws UserException naming the file, the offset in what is unpacked, and what is wrong there
   */
  static Idx read(Path file, int... item) {
    long size = FileSize.of(file);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      raw.mark(2);
      boolean gzip = (raw.read() << 8 | raw.read()) == GZIP_MAGIC;
      raw.reset();
      return gzip ? unpack(file, raw, item, size) : parse(file, raw, item, size, size);
    } catch (MalformedException e) {
      throw new UserException(
          file + " is not a complete IDX file: " + e.getMessage() + "; fetch it again", e);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }

  private static Idx unpack(Path file, InputStream raw, int[] item, long size) {
    // Not the JDK's stream: it calls itself for each empty member, and overlooks what follows the
    // last one.
    try (GzipCompressorInputStream gzip =
        GzipCompressorInputStream.builder()
            .setInputStream(raw)
            .setDecompressConcatenated(true)
            .get()) {
      try {
        return parse(file, gzip, item, size, MAX_RATIO * size);
      } catch (IOException e) {
        throw damaged(gzip.getUncompressedCount(), e);
      }
    } catch (IOException e) {
      throw damaged(0, e);
    }
  }

  private static MalformedException damaged(long offset, IOException e) {
    String reason = e instanceof EOFException ? "ends early" : "is damaged";
    return new MalformedException("after byte " + offset + ", its gzip stream " + reason, e);
  }

  private static Idx parse(Path file, InputStream in, int[] item, long size, long limit)
      throws IOException {
    int rank = 1 + item.length;
    byte[] header = in.readNBytes(4 + 4 * rank);
    checkMagic(file, header, UNSIGNED_BYTE << 8 | rank, in);
    verify(header.length == 4 + 4 * rank, header.length, "the header ends early");
    ByteBuffer fields = ByteBuffer.wrap(header, 4, 4 * rank);
    int[] dimensions = new int[rank];
    long length = 1;
    for (int i = 0; i < rank; i++) {
      dimensions[i] = fields.getInt();
      verify(dimensions[i] > 0, 4 + 4 * i, "dimension %d is %d", i, dimensions[i]);
      length = Exact.product(length, dimensions[i]);
      verify(
          length <= Math.min(limit, Integer.MAX_VALUE - 16),
          4 + 4 * i,
          "the header announces more bytes than the file can hold");
    }
    requireItem(file, Arrays.copyOfRange(dimensions, 1, rank), item);
    byte[] data = readData(in, header.length, (int) length, (int) Math.min(length, 16 * size));
    verify(in.read() < 0, header.length + length, "there are more bytes than announced");
    return new Idx(dimensions, data);
  }

  private static void checkMagic(Path file, byte[] header, int expected, InputStream in)
      throws IOException {
    int magic = header.length < Integer.BYTES ? expected : ByteBuffer.wrap(header).getInt();
    if (magic != expected) {
      FileKind.of(FileKind.head(header, in))
          .ifPresent(
              kind -> {
                throw kind.insteadOf(file, "an IDX file", "fetch it again");
              });
    }
    verify(magic == expected, 0, "the magic number is 0x%08x, not 0x%08x", magic, expected);
  }

  /**
   * The bytes that the header announces.
   *
   * @param believed as many get their place at once; a header that announces more gets it as the
   *     bytes come
   */
  private static byte[] readData(InputStream in, int offset, int length, int believed)
      throws IOException {
    byte[] data = new byte[believed];
    int filled = 0;
    while (true) {
      filled += in.readNBytes(data, filled, data.length - filled);
      verify(
          filled == data.length,
          offset + filled,
          "the file ends after %,d of the %s that the header announces",
          filled,
          Numbers.count(length, "byte"));
      if (filled == length) {
        return data;
      }
      data = Arrays.copyOf(data, (int) Math.min(length, 2L * data.length));
    }
  }

  private static void requireItem(Path file, int[] found, int[] expected) {
    if (!Arrays.equals(found, expected)) {
      throw new UserException(
          "%s holds images of %s, not of %s".formatted(file, times(found), times(expected)));
    }
  }

  private static String times(int[] dimensions) {
    return Arrays.stream(dimensions).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }
}
