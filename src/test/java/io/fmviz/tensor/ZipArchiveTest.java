package io.fmviz.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {
  private static final Path FILE = Path.of("x.zip");

  /** Where {@link #two} has its directory, with entries of 80 and 78 bytes, and its end record. */
  private static final int DIRECTORY = 130;

  private static final int END = 288;

  @TempDir private Path folder;

  private static ZipArchive open(byte[] bytes) {
    return new ZipArchive(FILE, ByteBuffer.wrap(bytes));
  }

  private static void assertDamaged(byte[] bytes, String reason) {
    assertThatThrownBy(
            () -> {
              ZipArchive archive = open(bytes);
              archive.names().forEach(archive::read);
            })
        .isInstanceOf(UserException.class)
        .hasMessage("x.zip is not a complete zip archive: " + reason);
  }

  /** Two stored entries, a and b: local headers at 0 and 66, values at 64 and 128. */
  private static byte[] two(Consumer<ByteBuffer> change) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a", new byte[] {1, 2});
    entries.put("b", new byte[] {3, 4});
    byte[] bytes = StoredExamples.zip(entries);
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return bytes;
  }

  @Test
  void readsStoredAndDeflatedEntries() throws IOException {
    byte[] zeros = new byte[100_000];
    ZipArchive deflated = open(StoredExamples.deflated(Map.of("a/b", zeros)));
    assertThat(deflated.names()).containsExactly("a/b");
    assertThat(deflated.read("a/b")).isEqualTo(ByteBuffer.wrap(zeros));
    ZipArchive stored = open(two(b -> {}));
    assertThat(stored.names()).containsExactly("a", "b");
    assertThat(stored.read("b")).isEqualTo(ByteBuffer.wrap(new byte[] {3, 4}));
    assertThat(open(StoredExamples.zip(Map.of())).names()).isEmpty();
  }

  @Test
  void leavesFoldersOut() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/", new byte[0]);
    entries.put("a/b", new byte[1]);
    assertThat(open(StoredExamples.zip(entries)).names()).containsExactly("a/b");
  }

  @Test
  void refusesDamagedBytes() throws IOException {
    byte[] bytes = two(b -> b.put(64, (byte) 9));
    assertDamaged(bytes, "at byte 64, the entry a does not match its checksum");
  }

  /** PyTorch writes a zero for the checksum when it is told to do without. */
  @Test
  void takesEntriesWithoutAChecksum() throws IOException {
    byte[] bytes = two(b -> b.put(64, (byte) 9).putInt(DIRECTORY + 16, 0));
    assertThat(open(bytes).read("a")).isEqualTo(ByteBuffer.wrap(new byte[] {9, 2}));
  }

  @ParameterizedTest
  @CsvSource({
    "8, 1, the entry a is encrypted",
    "8, 64, the entry a is encrypted",
    "10, 12, 'the entry a is packed by a method that fmviz does not know, 12'",
    "20, 3, the entry a has impossible sizes",
    "24, 3, the entry a has impossible sizes",
    "26, -1, the entry a has impossible sizes",
    "42, 1, the entry a is not where the directory says",
    "42, -1, the entry a is not where the directory says",
    "44, -1, the entry a is not where the directory says",
    "0, 0, there is no directory entry",
    "28, -1, a directory entry is cut off",
    "32, -1, a directory entry is cut off",
  })
  void refusesADirectoryThatDoesNotFit(int field, short value, String reason) throws IOException {
    assertDamaged(
        two(b -> b.putShort(DIRECTORY + field, value)), "at byte " + DIRECTORY + ", " + reason);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 60000, 'at byte 288, the end record announces more entries than its directory can hold'",
    "10, 3, 'at byte 288, there is no directory entry'",
    "10, 1, 'at byte 210, the directory has more bytes than entries'",
    "12, 60000, 'at byte 288, the end record puts the directory where it can''t be'",
    "16, 60000, 'at byte 288, the end record puts the directory where it can''t be'",
    "16, 0, 'at byte 0, there is no directory entry'",
    "20, 5, 'at byte 310, there is no end record: the file is cut off'"
  })
  void refusesAnEndRecordThatDoesNotFit(int field, int value, String reason) throws IOException {
    assertDamaged(two(b -> b.putShort(END + field, (short) value)), reason);
  }

  @Test
  void refusesAnEntryLongerThanTheFile() throws IOException {
    assertDamaged(
        two(b -> b.putInt(DIRECTORY + 20, 67).putInt(DIRECTORY + 24, 67)),
        "at byte 130, the entry a is longer than the file has room for");
  }

  /** The first entry's bytes hold the second entry, which would be read twice. */
  @Test
  void refusesEntriesThatLieInEachOther() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a", new byte[960]);
    entries.put("b", new byte[960]);
    byte[] bytes = StoredExamples.zip(entries);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(bytes.length - 22 + 16);
    int second = directory + 46 + 1 + buffer.getShort(directory + 30);
    buffer.putInt(directory + 20, directory - 64).putInt(directory + 24, directory - 64);
    assertDamaged(
        bytes, "at byte " + second + ", the entries have more bytes together than the file");
  }

  @Test
  void refusesNamesThatComeTwiceOrDiffer() throws IOException {
    assertDamaged(
        two(b -> b.put(96, (byte) 'a').put(256, (byte) 'a')),
        "at byte 210, the entry a comes twice");
    assertDamaged(
        two(b -> b.put(30, (byte) 'x')),
        "at byte 0, the entry a has another name there than in the directory");
  }

  /** The archive of 102 bytes that makes Java's own reader run out of memory on JDK 17. */
  private static ByteBuffer many() {
    return ByteBuffer.allocate(102)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, 0x04034b50)
        .putInt(4, 0x06064b50)
        .putLong(4 + 32, 700_000_000)
        .putLong(4 + 48, 4)
        .putInt(60, 0x07064b50)
        .putLong(60 + 8, 4)
        .putInt(80, 0x06054b50);
  }

  @Test
  void believesNoNumberOfEntries() {
    assertDamaged(
        many().array(),
        "at byte 4, the end record announces more entries than its directory can hold");
    assertDamaged(
        many().putLong(4 + 32, Long.MIN_VALUE).array(),
        "at byte 4, the end record announces more entries than its directory can hold");
    assertDamaged(
        many().putLong(4 + 40, Long.MAX_VALUE).array(),
        "at byte 4, the end record puts the directory where it can't be");
    assertDamaged(
        many().putLong(60 + 8, Long.MAX_VALUE).array(),
        "at byte 60, there is no 64-bit end record where it should be");
    assertDamaged(
        many().putLong(60 + 8, -4).array(),
        "at byte 60, there is no 64-bit end record where it should be");
  }

  /** One deflated entry of zeros; where the directory has its size, something else. */
  private static byte[] zeros(int size, int announced) throws IOException {
    byte[] bytes = StoredExamples.deflated(Map.of("a", new byte[size]));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(bytes.length - 22 + 16);
    buffer.putInt(directory + 24, announced);
    return bytes;
  }

  @Test
  void stopsABombAtWhatIsAnnounced() throws IOException {
    assertDamaged(zeros(1000, 999), "at byte 31, the entry a unpacks to more bytes than announced");
    assertDamaged(zeros(1000, 0), "at byte 31, the entry a unpacks to more bytes than announced");
    assertDamaged(
        zeros(1000, 1001), "at byte 31, the entry a unpacks to fewer bytes than announced");
    int limit = 16 << 20;
    assertThat(open(zeros(limit, limit)).read("a").remaining()).isEqualTo(limit);
    byte[] bomb = zeros(limit + 1, limit + 1);
    assertThatThrownBy(() -> open(bomb))
        .hasMessageEndingWith(", the entries unpack to more bytes than a file of that size may");
    byte[] announced = zeros(1, Integer.MAX_VALUE);
    assertThatThrownBy(() -> open(announced))
        .hasMessageEndingWith(", the entry a has impossible sizes");
  }

  @Test
  void refusesWhatCannotBeUnpacked() throws IOException {
    byte[] bytes = zeros(1000, 1000);
    bytes[31] = (byte) 0xff;
    assertDamaged(bytes, "at byte 31, the entry a can't be unpacked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ordered.pth", "compressed.npz", "wrapped.pth"})
  void refusesEveryTruncation(String name) throws IOException {
    byte[] whole = Files.readAllBytes(StoredExamples.file(name));
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TensorFile.parseZip(FILE, cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(FILE + " ");
    }
    // However little is left, the whole way from a file on.
    for (int length = 0; length < 600; length += 7) {
      Path file = Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TensorFile.read(file))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + " ");
    }
  }

  /** The checksums see to it: what can be read at all has the numbers that were saved. */
  @ParameterizedTest
  @ValueSource(strings = {"ordered.pth", "compressed.npz"})
  void neverTakesAFlippedBitForAWeight(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(StoredExamples.file(name));
    Map<String, Tensor> saved =
        TensorFile.parseZip(FILE, ByteBuffer.wrap(bytes)).groups().get(0).read();
    int refused = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      try {
        Map<String, Tensor> read =
            TensorFile.parseZip(FILE, ByteBuffer.wrap(flipped)).groups().get(0).read();
        assertThat(read.keySet()).isEqualTo(saved.keySet());
        saved.forEach(
            (tensor, values) -> assertThat(read.get(tensor).data()).isEqualTo(values.data()));
      } catch (UserException e) {
        assertThat(e.getMessage()).startsWith(FILE + " ").hasLineCount(1);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(bytes.length / 2);
  }
}
