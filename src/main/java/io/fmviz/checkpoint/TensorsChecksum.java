package io.fmviz.checkpoint;

import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import io.fmviz.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;

/** What a file that fmviz writes says of its own tensors, so that damage to them is seen. */
final class TensorsChecksum {
  /** The name of the checksum in a file's metadata. */
  static final String NAME = "tensors_sha256";

  private TensorsChecksum() {}

  /** The SHA-256 of the tensors' bytes, one after the other, in lower-case hexadecimal. */
  static String of(Map<String, Tensor> tensors) {
    return Sha256.of(tensors.values().stream().map(tensor -> tensor.data().duplicate()).toList());
  }

  /**
   * Refuses tensors that are not those of the recorded checksum; without one they are taken.
   *
   * @param metadata of the file that the tensors are from
   */
  static void verify(Path file, Map<String, String> metadata, Map<String, Tensor> tensors) {
    String recorded = metadata.get(NAME);
    if (recorded != null && !recorded.equals(of(tensors))) {
      throw new UserException(file + " is damaged: its tensors do not match its checksum");
    }
  }
}
