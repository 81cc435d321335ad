package io.fmviz.dataset.file;

import io.fmviz.base.Exact;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/**
 * What the first directory of a TIFF says of its pixels (TIFF 6.0, sections 2, 8 and 18). Values
 * are read where they are asked for, and no other directory is looked at.
 */
final class TiffDirectory {
  /** How many bytes a value has, by its type (TIFF 6.0, section 2). */
  private static final int[] TYPES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private static final int SMALLER_VERSION = 0xfe;
  private static final int BITS = 0x102;
  private static final int COMPRESSION = 0x103;
  private static final int PHOTOMETRIC = 0x106;
  private static final int ORIENTATION = 0x112;
  private static final int SAMPLES = 0x115;
  private static final int EXTRA = 0x152;
  private static final int FORMAT = 0x153;
  private static final int LEAST = 0x154;
  private static final int MOST = 0x155;

  /** Where pixels are, and how many bytes there: of strips, of tiles. */
  private static final int[][] PIXELS = {{0x111, 0x117}, {0x144, 0x145}};

  /** Its two ways to keep JPEGs, by the tag of compression. */
  private static final Set<Integer> JPEGS = Set.of(6, 7);

  private static final int UNCOMPRESSED = 1;
  private static final int RGB = 2;
  private static final int MULTIPLIED = 1;
  private static final int ALPHA = 2;

  /** More values of a tag are not read, but of where pixels are. */
  private static final int MOST_VALUES = 64;

  private final ImageInputStream in;
  private final Map<Integer, Entry> entries = new HashMap<>();

  /** How many bytes all values have. */
  private long bytes;

  private record Entry(int type, long count, long place) {}

  /**
   * Reads which tags there are.
   *
   * @throws EOFException if it is cut short
   */
  TiffDirectory(ImageInputStream in) throws IOException {
    this.in = in;
    in.setByteOrder(in.read() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    in.seek(4);
    in.seek(in.readUnsignedInt());
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      int tag = in.readUnsignedShort();
      int type = in.readUnsignedShort();
      long count = in.readUnsignedInt();
      long here = in.getStreamPosition();
      long value = in.readUnsignedInt();
      long size = type < TYPES.length ? Exact.product(count, TYPES[type]) : 0;
      bytes += size;
      if (size > 0) {
        entries.putIfAbsent(tag, new Entry(type, count, size > 4 ? value : here));
      }
    }
  }

  /** How many bytes the values of all tags have: thousands may have the same megabyte. */
  long bytes() {
    return bytes;
  }

  /**
   * What they say.
   *
   * @throws EOFException if a value is beyond the file's end
   */
  ImageTags tags() throws IOException {
    int compression = (int) value(COMPRESSION, UNCOMPRESSED);
    return new ImageTags(
        (int) value(ORIENTATION, 1),
        0,
        0,
        end(),
        JPEGS.contains(compression),
        compression != UNCOMPRESSED,
        samples());
  }

  /** Whether another picture in the file is larger, as in cameras' raw files (NEF, DNG, ARW). */
  boolean isSmallerVersion() throws IOException {
    return ((int) value(SMALLER_VERSION, 0) & 1) == 1;
  }

  /** Null where a decoder's eight bits in grey, colour, inks or by a palette are right. */
  private SampleFormat samples() throws IOException {
    int photometric = (int) value(PHOTOMETRIC, -1);
    int colors = photometric == RGB ? 3 : 1;
    int bands = (int) value(SAMPLES, 1);
    double[] bits = values(BITS);
    if (photometric < 0
        || photometric > RGB
        || bands < colors
        || bits.length == 0
        || Arrays.stream(bits).anyMatch(b -> b != bits[0])) {
      return null;
    }
    SampleFormat.Kind kind =
        switch ((int) value(FORMAT, 1)) {
          case 2 -> SampleFormat.Kind.SIGNED;
          case 3 -> SampleFormat.Kind.FLOAT;
          default -> SampleFormat.Kind.UNSIGNED;
        };
    double[] extra = values(EXTRA);
    int first = extra.length == 0 ? 0 : (int) extra[0];
    boolean isAlpha = bands > colors && (first == MULTIPLIED || first == ALPHA);
    SampleFormat format =
        new SampleFormat(
            colors,
            isAlpha ? colors : -1,
            isAlpha && first == MULTIPLIED,
            (int) bits[0],
            kind,
            Arrays.stream(values(LEAST)).limit(colors).min().orElse(Double.NaN),
            Arrays.stream(values(MOST)).limit(colors).max().orElse(Double.NaN),
            photometric == 0,
            (int) bits[0]);
    boolean isOwn =
        bits[0] > 8
            || (bits[0] == 8 && kind == SampleFormat.Kind.SIGNED)
            || (bits[0] == 8 && isScaled(format))
            || (bits[0] == 8 && bands > colors && !(isAlpha && bands == colors + 1));
    return isOwn ? format : null;
  }

  private static boolean isScaled(SampleFormat format) {
    return (!Double.isNaN(format.black()) && format.black() != format.least())
        || (!Double.isNaN(format.white()) && format.white() != format.most());
  }

  /** Behind the last of the strips or tiles. */
  private long end() throws IOException {
    long end = 0;
    for (int[] tags : PIXELS) {
      Entry offsets = entries.get(tags[0]);
      Entry counts = entries.get(tags[1]);
      if (offsets != null && counts != null) {
        for (long from = 0; from < offsets.count(); from += MOST_VALUES) {
          double[] begin = values(offsets, from);
          double[] count = values(counts, from);
          for (int i = 0; i < begin.length; i++) {
            end = Math.max(end, (long) begin[i] + (i < count.length ? (long) count[i] : 0));
          }
        }
      }
    }
    return end;
  }

  private double value(int tag, double otherwise) throws IOException {
    double[] values = values(tag);
    return values.length == 0 ? otherwise : values[0];
  }

  private double[] values(int tag) throws IOException {
    Entry entry = entries.get(tag);
    return entry == null ? new double[0] : values(entry, 0);
  }

  /** At most some of a tag's. */
  private double[] values(Entry entry, long from) throws IOException {
    int count = (int) Math.max(0, Math.min(MOST_VALUES, entry.count() - from));
    double[] values = new double[count];
    in.seek(entry.place() + from * TYPES[entry.type()]);
    for (int i = 0; i < count; i++) {
      values[i] = read(entry.type());
    }
    return values;
  }

  private double read(int type) throws IOException {
    return switch (type) {
      case 3 -> in.readUnsignedShort();
      case 4, 13 -> in.readUnsignedInt();
      case 5 -> in.readUnsignedInt() / (double) in.readUnsignedInt();
      case 6 -> in.readByte();
      case 8 -> in.readShort();
      case 9 -> in.readInt();
      case 10 -> in.readInt() / (double) in.readInt();
      case 11 -> in.readFloat();
      case 12 -> in.readDouble();
      default -> in.readUnsignedByte();
    };
  }
}
