package io.fmviz.tensor;

import static io.fmviz.base.MalformedException.verify;

import io.fmviz.base.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The central directory of a zip archive in memory (PKWARE's APPNOTE, with its 64-bit extension).
 * Every number is checked against the archive's size before it is used. Java's own reader isn't
 * taken because it believes the number of entries: JDK 17's runs out of memory on an archive of 102
 * bytes. {@link ZipArchive} says what became of Commons Compress.
 *
 * @param entries by name, in the archive's order; without folders
 */
record ZipDirectory(Map<String, Entry> entries) {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int CENTRAL_LENGTH = 46;
  private static final int END_LENGTH = 22;
  private static final int END_64_LENGTH = 56;
  private static final int LOCATOR_64_LENGTH = 20;
  private static final int MAX_COMMENT = 0xffff;
  private static final int ENCRYPTED = 0x2041;

  /**
   * An archive may unpack to this many times its size, or to {@link #ALWAYS} bytes if that is more.
   */
  private static final long MAX_RATIO = 16;

  private static final long ALWAYS = 16L << 20;

  /** Deflate packs at most 1032 bytes into one. */
  private static final long DEFLATE_RATIO = 1032;

  /**
   * One file of the archive.
   *
   * @param begin where its bytes are
   * @param packed how many there are
   * @param size how many there are when unpacked
   * @param crc of the unpacked bytes
   */
  record Entry(String name, int begin, int packed, int size, int method, int crc) {}

  /** Where the directory is, from {@code begin} to {@code end}, and how many entries it has. */
  private record Place(int begin, int end, long count) {}

  /**
   * Reads the directory.
   *
   * @param bytes the whole archive, little-endian
   * @throws MalformedException if it is none, or not whole
   */
  static ZipDirectory parse(ByteBuffer bytes) {
    Place place = place(bytes, findEnd(bytes));
    Map<String, Entry> entries = new LinkedHashMap<>();
    long packed = 0;
    long size = 0;
    int at = place.begin;
    for (long i = 0; i < place.count; i++) {
      int next = next(bytes, at, place.end);
      Entry entry = entry(bytes, at, place.begin);
      packed += entry.packed;
      verify(packed <= bytes.limit(), at, "the entries have more bytes together than the file");
      size += entry.size;
      verify(
          size <= Math.max(ALWAYS, MAX_RATIO * bytes.limit()),
          at,
          "the entries unpack to more bytes than a file of that size may");
      if (!entry.name.endsWith("/")) {
        verify(entries.put(entry.name, entry) == null, at, "the entry %s comes twice", entry.name);
      }
      at = next;
    }
    verify(at == place.end, at, "the directory has more bytes than entries");
    return new ZipDirectory(entries);
  }

  /** Where the entry after the one at some place begins, if this one lies before the end. */
  private static int next(ByteBuffer bytes, int at, int end) {
    verify(
        end - at >= CENTRAL_LENGTH && bytes.getInt(at) == CENTRAL,
        at,
        "there is no directory entry");
    int next =
        at + CENTRAL_LENGTH + u16(bytes, at + 28) + u16(bytes, at + 30) + u16(bytes, at + 32);
    verify(next <= end, at, "a directory entry is cut off");
    return next;
  }

  private static int findEnd(ByteBuffer bytes) {
    int last = bytes.limit() - END_LENGTH;
    for (int at = last; at >= 0 && at >= last - MAX_COMMENT; at--) {
      if (bytes.getInt(at) == END && u16(bytes, at + 20) == last - at) {
        return at;
      }
    }
    throw new MalformedException(bytes.limit(), "there is no end record: the file is cut off");
  }

  private static Place place(ByteBuffer bytes, int end) {
    int locator = end - LOCATOR_64_LENGTH;
    if (locator < 0 || bytes.getInt(locator) != LOCATOR_64) {
      return place(end, u32(bytes, end + 16), u32(bytes, end + 12), u16(bytes, end + 10));
    }
    long at = bytes.getLong(locator + 8);
    verify(
        at >= 0 && at <= locator - END_64_LENGTH && bytes.getInt((int) at) == END_64,
        locator,
        "there is no 64-bit end record where it should be");
    int record = (int) at;
    return place(
        record, bytes.getLong(record + 48), bytes.getLong(record + 40), bytes.getLong(record + 32));
  }

  /** What the end record at some place says, checked. */
  private static Place place(int record, long begin, long length, long count) {
    verify(
        length >= 0 && begin >= 0 && begin <= record - length,
        record,
        "the end record puts the directory where it can't be");
    // No number of entries is believed that the directory has no room for.
    verify(
        count >= 0 && count <= length / CENTRAL_LENGTH,
        record,
        "the end record announces more entries than its directory can hold");
    return new Place((int) begin, (int) (begin + length), count);
  }

  private static Entry entry(ByteBuffer bytes, int at, int directory) {
    String name = text(bytes, at + CENTRAL_LENGTH, u16(bytes, at + 28));
    int method = u16(bytes, at + 10);
    verify((u16(bytes, at + 8) & ENCRYPTED) == 0, at, "the entry %s is encrypted", name);
    verify(
        method == ZipArchive.STORED || method == ZipArchive.DEFLATED,
        at,
        "the entry %s is packed by a method that fmviz does not know, %d",
        name,
        method);
    // No archive that is taken is as large as 4 GiB: sizes of 64 bits have no place here.
    long packed = u32(bytes, at + 20);
    long size = u32(bytes, at + 24);
    verify(
        size <= Integer.MAX_VALUE
            && (method == ZipArchive.DEFLATED ? size <= DEFLATE_RATIO * packed : size == packed),
        at,
        "the entry %s has impossible sizes",
        name);
    long begin = begin(bytes, at, directory, name);
    verify(
        packed <= directory - begin, at, "the entry %s is longer than the file has room for", name);
    return new Entry(name, (int) begin, (int) packed, (int) size, method, bytes.getInt(at + 16));
  }

  /** Where an entry's bytes begin: behind its local header, which repeats the name. */
  private static long begin(ByteBuffer bytes, int at, int directory, String entry) {
    long header = u32(bytes, at + 42);
    int nameLength = u16(bytes, at + 28);
    verify(
        header <= directory - LOCAL_LENGTH - nameLength && bytes.getInt((int) header) == LOCAL,
        at,
        "the entry %s is not where the directory says",
        entry);
    int name = (int) header + LOCAL_LENGTH;
    verify(
        u16(bytes, (int) header + 26) == nameLength
            && bytes.slice(name, nameLength).equals(bytes.slice(at + CENTRAL_LENGTH, nameLength)),
        header,
        "the entry %s has another name there than in the directory",
        entry);
    return header + LOCAL_LENGTH + nameLength + u16(bytes, (int) header + 28);
  }

  private static String text(ByteBuffer bytes, int at, int length) {
    byte[] text = new byte[length];
    bytes.get(at, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int u16(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private static long u32(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }
}
