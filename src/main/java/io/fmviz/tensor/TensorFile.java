package io.fmviz.tensor;

import io.fmviz.base.FileSize;
import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a file of tensors holds: safetensors, what torch.save wrote, or what numpy.savez wrote. The
 * content tells which, not the name.
 *
 * @param sha256 of the bytes that were read, all of the file's
 * @param metadata what the file says of itself; empty if the format has no place for it
 * @param groups one at least; the only one where there is metadata
 */
public record TensorFile(String sha256, Map<String, String> metadata, List<TensorGroup> groups) {
  /** What a checkpoint can be. */
  static final String FORMATS =
      "give safetensors, a state dict that torch.save wrote, or an archive of numpy.savez";

  /** Enough to tell the formats apart: the mark of the oldest is at byte 257. */
  private static final int HEAD = 512;

  private static final int ZIP_ENTRY = 0x504b0304;
  private static final int ZIP_WITHOUT_ENTRIES = 0x504b0506;

  /**
   * Reads a file.
   *
   * @throws UserException naming the file, the place and what is wrong there
   */
  public static TensorFile read(Path file) {
    ByteBuffer head;
    FileSize.of(file);
    try (FileChannel channel = FileChannel.open(file)) {
      head = ByteBuffer.allocate(HEAD);
      while (head.hasRemaining() && channel.read(head) >= 0) {}
      head.flip();
      if (isZip(head)) {
        long size = channel.size();
        if (size > Integer.MAX_VALUE) {
          throw new UserException(file + " is larger than 2 GiB, which no checkpoint for fmviz is");
        }
        return parseZip(file, Safetensors.readFully(channel.position(0), (int) size));
      }
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
    StateDict.refuseOlderFormats(file, head);
    List<ByteBuffer> bytes = new ArrayList<>();
    Safetensors content = Safetensors.read(file, bytes::add);
    return new TensorFile(
        Sha256.of(bytes),
        content.metadata(),
        List.of(new TensorGroup(() -> "", content.tensors())));
  }

  private static boolean isZip(ByteBuffer head) {
    return head.limit() >= Integer.BYTES
        && (head.getInt(0) == ZIP_ENTRY || head.getInt(0) == ZIP_WITHOUT_ENTRIES);
  }

  /** What a zip archive holds, the whole of which is in memory. */
  static TensorFile parseZip(Path file, ByteBuffer bytes) {
    ZipArchive archive = new ZipArchive(file, bytes);
    return new TensorFile(
        Sha256.of(List.of(bytes.duplicate())),
        Map.of(),
        NumpyArchive.is(archive)
            ? List.of(new TensorGroup(() -> "", NumpyArchive.read(file, archive)))
            : StateDict.read(file, archive, bytes.limit()));
  }
}
