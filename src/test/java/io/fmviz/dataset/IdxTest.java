package io.fmviz.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    assertThatThrownBy(() -> Idx.read(file, 3))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is not a whole IDX file: " + reason + "; fetch it again");
  }

  @Test
  void readsDimensionsAndBytes() throws IOException {
    Files.write(file, idx(IMAGES, new int[] {2, 1, 2}, (byte) 1, (byte) 2, (byte) -1, (byte) 4));
    Idx idx = Idx.read(file, 3);
    assertThat(idx.dimensions()).containsExactly(2, 1, 2);
    assertThat(idx.data()).containsExactly(1, 2, -1, 4);
  }

  @Test
  void readsGzipWhateverTheNameIs() throws IOException {
    Files.write(file, gzip(idx(IMAGES, new int[] {1, 1, 2}, (byte) 5, (byte) 6)));
    assertThat(Idx.read(file, 3).data()).containsExactly(5, 6);
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
    refuses(
        idx(IMAGES, new int[] {1, 1, 1}, (byte) 0, (byte) 0),
        "at byte 17, there are more bytes than announced");
    refuses(
        gzip(idx(IMAGES, new int[] {1, 1, 1}, new byte[100])),
        "at byte 17, there are more bytes than announced");
  }

  @Test
  void refusesGzipThatIsCutOffOrDamaged() throws IOException {
    byte[] whole = gzip(idx(IMAGES, new int[] {1, 10, 10}, new byte[100]));
    refuses(Arrays.copyOf(whole, whole.length - 12), "its gzip stream ends early");
    byte[] damaged = whole.clone();
    damaged[damaged.length - 5] ^= 1; // in the check sum
    refuses(damaged, "its gzip stream is damaged: Corrupt GZIP trailer");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> Idx.read(file, 3))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot read " + file + ": no such file or folder");
  }
}
