package io.fmviz.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** IDX files, gzipped or not, that must be refused where two images and their labels are due. */
public final class HostileIdx {
  private static final int HEADER = 16;
  private static final int IMAGE = 28 * 28;
  private static final int GZIP_HEADER = 10;
  private static final int GZIP_TRAILER = 8;

  private HostileIdx() {}

  /** The images that the hostile ones are made of. */
  public static byte[] goodImages() {
    return Samples.idx(2, 28, 28);
  }

  public static byte[] goodLabels() {
    return Samples.idx(2);
  }

  public static List<HostileFile> images() {
    byte[] good = goodImages();
    Damage damage =
        new Damage(good)
            .cut(0, 1, 4, 8, 12, HEADER, HEADER + IMAGE, -1)
            .flip(0, HEADER, 5)
            .add("one byte more", Arrays.copyOf(good, good.length + 1))
            .add("three images are labelled two", Samples.idx(3, 28, 28))
            .add("images of 1 x 784", Samples.idx(2, 1, 784))
            .add("four dimensions", Samples.idx(2, 28, 28, 1))
            .add("labels, not images", goodLabels());
    for (int i = 0; i < 3; i++) {
      damage.extremeInts("dimension " + i, 4 + 4 * i, ByteOrder.BIG_ENDIAN);
    }
    return damage.files();
  }

  public static List<HostileFile> labels() {
    byte[] good = goodLabels();
    return new Damage(good)
        .cut(0, 4, 8, -1)
        .flip(0, 8, 2)
        .extremeInts("the count", 4, ByteOrder.BIG_ENDIAN)
        .add("one byte more", Arrays.copyOf(good, good.length + 1))
        .add("the label 10", withLast(good, 10))
        .add("the label 255", withLast(good, 255))
        .files();
  }

  private static byte[] withLast(byte[] bytes, int last) {
    byte[] changed = bytes.clone();
    changed[changed.length - 1] = (byte) last;
    return changed;
  }

  public static List<HostileFile> gzippedImages() {
    byte[] images = goodImages();
    byte[] good = Samples.gzip(images);
    int trailer = good.length - GZIP_TRAILER;
    byte[] withoutImages = Arrays.copyOf(images, HEADER);
    byte[] nothing = Samples.gzip(new byte[0]);
    byte[][] nothings = new byte[20_000][];
    Arrays.fill(nothings, nothing);
    return new Damage(good)
        .cut(2, GZIP_HEADER - 1, GZIP_HEADER, GZIP_HEADER + 5, -8, -4, -1)
        .flip(0, 3, 1)
        .flip(GZIP_HEADER, trailer, 20)
        .flip(trailer, good.length, 2)
        .extremeInts("the unpacked size", trailer + 4, ByteOrder.LITTLE_ENDIAN)
        .add("garbage follows", Damage.join(good, "garbage".getBytes(StandardCharsets.UTF_8)))
        .add("a second member follows", Damage.join(good, good))
        .add("half a member follows", Damage.join(good, Arrays.copyOf(good, 12)))
        .add("packed twice", Samples.gzip(good))
        .add("20,000 empty members", Damage.join(nothings))
        .add("a header without images", Samples.gzip(withoutImages))
        .add("a bomb of 100 MB", bomb(100_000_000, 2, 28, 28))
        .add("a bomb that announces its 200 MB", bomb(200_000_000, 1, 20_000, 10_000))
        .add("a bomb that announces 2 GB", bomb(1_000, 2_700_000, 28, 28))
        .files();
  }

  /** The header of images of these dimensions, and some number of zeros. */
  private static byte[] bomb(int zeros, int... dimensions) {
    ByteBuffer header = ByteBuffer.allocate(HEADER).putInt(0x803);
    Arrays.stream(dimensions).forEach(header::putInt);
    byte[] piece = new byte[1_000];
    return Samples.bytes(
        out -> {
          try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(header.array());
            for (int i = 0; i < zeros / piece.length; i++) {
              gzip.write(piece);
            }
          }
        });
  }
}
