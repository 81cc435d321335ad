package io.fmviz.tensor;

import io.fmviz.fuzz.FuzzedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Reads any bytes as a zip archive, as a state dict's pickle, and as an array of NumPy's. */
public final class ArchiveFuzzer {
  private static final FuzzedFile FILE = new FuzzedFile("model.pth");

  private ArchiveFuzzer() {}

  /** An archive alone: all that its directory lists can be read, or is refused. */
  public static void zip(byte[] data) {
    FILE.parse(
        file -> {
          ZipArchive archive = new ZipArchive(file, ByteBuffer.wrap(data));
          archive.names().forEach(archive::read);
          return archive;
        });
  }

  /** The pickle in an archive that is as it should be. */
  public static void pickle(byte[] data) throws IOException {
    byte[] archive = archive(Map.of("m/data.pkl", data, "m/data/0", new byte[64]));
    FILE.parse(
            file ->
                StateDict.read(
                    file, new ZipArchive(file, ByteBuffer.wrap(archive)), archive.length))
        .ifPresent(groups -> groups.forEach(group -> check(group)));
  }

  /** The only array of an archive that is as it should be. */
  public static void array(byte[] data) throws IOException {
    byte[] archive = archive(Map.of("a.npy", data));
    FILE.parse(file -> NumpyArchive.read(file, new ZipArchive(file, ByteBuffer.wrap(archive))))
        .ifPresent(ArchiveFuzzer::check);
  }

  /** A zip archive of these files. */
  private static byte[] archive(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipWriter zip = new ZipWriter(out)) {
      for (var file : files.entrySet()) {
        zip.add(file.getKey(), file.getValue());
      }
    }
    return out.toByteArray();
  }

  /** Reading may be refused too: copies that are larger than the file. */
  private static void check(TensorGroup group) {
    FILE.parse(file -> group.read()).ifPresent(ArchiveFuzzer::check);
  }

  private static void check(Map<String, Tensor> tensors) {
    for (Tensor tensor : tensors.values()) {
      long bytes = Tensor.SIZES.get(tensor.type());
      for (long dimension : tensor.shape()) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
      if (tensor.data().remaining() != bytes) {
        throw new AssertionError("has other bytes than its type and shape: " + tensor);
      }
      if (tensor.isFloating()) {
        tensor.toFloat32();
      }
    }
  }
}
