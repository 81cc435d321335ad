package io.fmviz.tensor;

import static io.fmviz.base.MalformedException.verify;

import io.fmviz.base.MalformedException;
import io.fmviz.base.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip archive that is read in memory, as torch.save and numpy.savez write them. An entry's name
 * is a key and never a path; what an entry unpacks to is bounded by what the directory announces,
 * and that by the file's size.
 *
 * <p>Not by Commons Compress, which DJL brings: it compares no checksum and no name, and keeps an
 * object for every extra field. Of 58 damaged archives it takes 13 and runs out of 64 MB on one of
 * 13 MB; and it adds 0.1 s and 7 MB to a start.
 */
final class ZipArchive {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private final Path file;
  private final ByteBuffer bytes;
  private final Map<String, ZipDirectory.Entry> entries;
  private final Map<String, ByteBuffer> read = new HashMap<>();

  /**
   * Opens an archive.
   *
   * @param bytes the whole file
   * @throws UserException naming the file, the place and what is wrong there
   */
  ZipArchive(Path file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    try {
      this.entries = ZipDirectory.parse(this.bytes).entries();
    } catch (MalformedException e) {
      throw bad(e);
    }
  }

  /** The names of the entries, in the archive's order. */
  Set<String> names() {
    return entries.keySet();
  }

  /**
   * The bytes of an entry, which must be there; a second call gives the same buffer.
   *
   * @throws UserException if they are damaged
   */
  ByteBuffer read(String name) {
    return read.computeIfAbsent(name, n -> unpack(entries.get(n))).duplicate();
  }

  private ByteBuffer unpack(ZipDirectory.Entry entry) {
    try {
      ByteBuffer packed = bytes.slice(entry.begin(), entry.packed());
      ByteBuffer content = entry.method() == STORED ? packed : inflate(entry, packed);
      CRC32 crc = new CRC32();
      crc.update(content.duplicate());
      // Zero: PyTorch can be told to save without.
      verify(
          entry.crc() == 0 || (int) crc.getValue() == entry.crc(),
          entry.begin(),
          "the entry %s does not match its checksum",
          entry.name());
      return content;
    } catch (MalformedException e) {
      throw bad(e);
    }
  }

  private static ByteBuffer inflate(ZipDirectory.Entry entry, ByteBuffer packed) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      byte[] content = new byte[entry.size()];
      int length = 0;
      while (length < content.length) {
        int more = inflater.inflate(content, length, content.length - length);
        verify(
            more > 0,
            entry.begin(),
            "the entry %s unpacks to fewer bytes than announced",
            entry.name());
        length += more;
      }
      // The one byte beyond what is announced tells whether that was all.
      verify(
          inflater.inflate(new byte[1]) == 0 && inflater.finished(),
          entry.begin(),
          "the entry %s unpacks to more bytes than announced",
          entry.name());
      return ByteBuffer.wrap(content);
    } catch (DataFormatException e) {
      throw new MalformedException(
          entry.begin(), "the entry " + entry.name() + " can't be unpacked");
    } finally {
      inflater.end();
    }
  }

  private UserException bad(MalformedException damage) {
    return new UserException(
        file + " is not a complete zip archive: " + damage.getMessage(), damage);
  }
}
