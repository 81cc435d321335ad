package io.fmviz.dataset.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  private static final int IMAGES = 0x803;

  private Path file;

  @BeforeEach
  void nameFile(@TempDir Path folder) {
    file = folder.resolve("images");
  }

  static byte[] idx(int magic, int[] dimensions, byte... data) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + data.length);
    bytes.putInt(magic);
    Arrays.stream(dimensions).forEach(bytes::putInt);
    return bytes.put(data).array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private void refuses(byte[] content, String reason) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> Idx.read(file, 2, 2))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is not a complete IDX file: " + reason + "; fetch it again");
  }

  @Test
  void readsDimensionsAndBytes() throws IOException {
    Files.write(file, idx(IMAGES, new int[] {2, 1, 2}, (byte) 1, (byte) 2, (byte) -1, (byte) 4));
    Idx idx = Idx.read(file, 1, 2);
    assertThat(idx.dimensions()).containsExactly(2, 1, 2);
    assertThat(idx.data()).containsExactly(1, 2, -1, 4);
  }

  @Test
  void saysWhatAFileIsThatIsNone() throws IOException {
    byte[] page = "<!DOCTYPE html><title>404</title>".getBytes(StandardCharsets.US_ASCII);
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    Map<byte[], String> files =
        Map.of(
            page,
            "an HTML page, not an IDX file; a server sent it in place of the file: download",
            gzip(tar),
            "a tar archive, not an IDX file; unpack it, and name a file that was in it",
            new byte[] {'P', 'K', 3, 4},
            "a zip archive, not an IDX file; unpack it, and name");
    for (Map.Entry<byte[], String> entry : files.entrySet()) {
      Files.write(file, entry.getKey());
      for (int[] item : new int[][] {{2, 2}, {}}) {
        assertThatThrownBy(() -> Idx.read(file, item))
            .isInstanceOf(UserException.class)
            .hasMessageStartingWith(file + " is " + entry.getValue());
      }
    }
  }

  @Test
  void readsGzipWhateverTheNameIs() throws IOException {
    Files.write(file, gzip(idx(IMAGES, new int[] {1, 1, 2}, (byte) 5, (byte) 6)));
    assertThat(Idx.read(file, 1, 2).data()).containsExactly(5, 6);
  }

  @Test
  void readsGzipThatCarriesAFileName() throws IOException {
    byte[] plain = gzip(idx(IMAGES, new int[] {1, 1, 2}, (byte) 5, (byte) 6));
    byte[] header = Arrays.copyOf(plain, 10);
    header[3] = 8; // FNAME in RFC 1952
    byte[] name = "train-images-idx3-ubyte\0".getBytes(StandardCharsets.US_ASCII);
    Files.write(file, join(join(header, name), Arrays.copyOfRange(plain, 10, plain.length)));
    assertThat(Idx.read(file, 1, 2).data()).containsExactly(5, 6);
  }

  @Test
  void refusesAWrongMagicNumber() throws IOException {
    refuses(
        idx(0x801, new int[] {1, 1, 1}, (byte) 0),
        "at byte 0, the magic number is 0x00000801, not 0x00000803");
  }

  @Test
  void refusesAHeaderThatEndsEarly() throws IOException {
    refuses(new byte[] {0, 0, 8, 3, 0}, "at byte 5, the header ends early");
    refuses(new byte[0], "at byte 0, the header ends early");
  }

  @Test
  void refusesDimensionsThatAreNotPositive() throws IOException {
    refuses(idx(IMAGES, new int[] {1, 0, 1}), "at byte 8, dimension 1 is 0");
    refuses(idx(IMAGES, new int[] {-1, 1, 1}), "at byte 4, dimension 0 is -1");
  }

  @Test
  void refusesMoreBytesThanTheFileCanHold() throws IOException {
    int max = Integer.MAX_VALUE;
    String reason = "the header announces more bytes than the file can hold";
    refuses(idx(IMAGES, new int[] {max, max, max}), "at byte 4, " + reason);
    refuses(gzip(idx(IMAGES, new int[] {1, max, 2}, (byte) 0)), "at byte 8, " + reason);
  }

  @Test
  void refusesAFileThatIsCutOff() throws IOException {
    byte[] whole = idx(IMAGES, new int[] {2, 2, 2}, new byte[8]);
    refuses(
        Arrays.copyOf(whole, whole.length - 3),
        "at byte 21, the file ends after 5 of the 8 bytes that the header announces");
  }

  @Test
  void refusesMoreBytesThanAnnounced() throws IOException {
    byte[] more = idx(IMAGES, new int[] {1, 2, 2}, new byte[5]);
    refuses(more, "at byte 20, there are more bytes than announced");
    refuses(gzip(more), "at byte 20, there are more bytes than announced");
  }

  @Test
  void refusesImagesOfAnotherSizeBeforeItUnpacksThem() throws IOException {
    byte[] packed = gzip(idx(IMAGES, new int[] {1, 3, 2}, new byte[100]));
    Files.write(file, Arrays.copyOf(packed, packed.length - 9));
    assertThatThrownBy(() -> Idx.read(file, 2, 2))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " holds images of 3 x 2, not of 2 x 2");
  }

  @Test
  void refusesGzipThatIsCutOffOrDamaged() throws IOException {
    byte[] whole = gzip(idx(IMAGES, new int[] {25, 2, 2}, new byte[100]));
    refuses(Arrays.copyOf(whole, whole.length - 12), "after byte 12, its gzip stream ends early");
    refuses(Arrays.copyOf(whole, 5), "after byte 0, its gzip stream ends early");
    byte[] damaged = whole.clone();
    damaged[damaged.length - 5] ^= 1; // in the check sum
    refuses(damaged, "after byte 116, its gzip stream is damaged");
  }

  @Test
  void unpacksNoMoreOfABombThanItsHeaderAnnounces() throws IOException {
    byte[] bomb = gzip(idx(IMAGES, new int[] {1, 2, 2}, new byte[100_000_000]));
    refuses(bomb, "at byte 20, there are more bytes than announced");
    // What comes after the first byte too many is not even looked at.
    refuses(Arrays.copyOf(bomb, 1_000), "at byte 20, there are more bytes than announced");
  }

  @Test
  void readsGzipOfSeveralMembers() throws IOException {
    byte[] whole = idx(IMAGES, new int[] {2, 1, 2}, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
    byte[] first = gzip(Arrays.copyOf(whole, 7));
    byte[] second = gzip(Arrays.copyOfRange(whole, 7, whole.length));
    Files.write(file, join(first, second));
    assertThat(Idx.read(file, 1, 2).data()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void readsPastAnyNumberOfEmptyMembers() throws IOException {
    byte[] empty = gzip(new byte[0]);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = 0; i < 50_000; i++) {
      content.writeBytes(empty);
    }
    content.writeBytes(gzip(idx(IMAGES, new int[] {1, 1, 2}, (byte) 5, (byte) 6)));
    Files.write(file, content.toByteArray());
    assertThat(Idx.read(file, 1, 2).data()).containsExactly(5, 6);
  }

  @Test
  void refusesWhatFollowsTheGzipStream() throws IOException {
    byte[] whole = gzip(idx(IMAGES, new int[] {1, 2, 2}, new byte[4]));
    refuses(
        join(whole, "garbage".getBytes(StandardCharsets.UTF_8)),
        "after byte 20, its gzip stream is damaged");
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot read " + file + ": no such file or folder");
  }
}
