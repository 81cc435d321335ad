package io.fmviz.fuzz;

import io.fmviz.base.TargetFile;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.checkpoint.OptimizerFile;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import io.fmviz.tensor.Safetensors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * Small files that are as they should be: where fuzzing begins, and what hostile files are made of.
 */
public final class Samples {
  /** The smallest network that fits the digits. */
  private static final ClassifierWidths WIDTHS =
      new ClassifierWidths(Topology.DIGITS, 1, List.of(1, 1, 1), 10);

  static final String MANIFEST =
      """
      {"fmviz": "0.1.0", "command": "top", "files": ["1-7/Conv2d_1.png", "ReLU_1.gif", "../x.png"]}
      """;

  static final String TRAIN_LOG =
      """
      {"time":"2026-01-01T00:00:00Z","seed":1,"dataset":"mnist","result":{"epoch":0,"meanLoss":2.1}}
      {"time":"2026-01-01T00:01:00Z","seed":1,"dataset":"mnist","result":{"epoch":1,"meanLoss":2.0}}
      """;

  static final String TRANSFORMERS =
      """
      {"crop_size": {"height": 8, "width": 9}, "do_center_crop": true, "do_normalize": true,
       "do_rescale": true, "do_resize": true, "image_mean": [0.5, 0.4, 0.3], "image_std": [0.2],
       "resample": 3, "rescale_factor": 0.0039, "size": {"shortest_edge": 10}, "crop_pct": 0.9}
      """;

  static final String TIMM =
      """
      {"pretrained_cfg": {"input_size": [3, 8, 9], "interpolation": "bicubic", "crop_pct": 0.95,
       "crop_mode": "squash", "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}}
      """;

  private Samples() {}

  /** IDX: a magic number, the dimensions, and bytes that count up. */
  public static byte[] idx(int... dimensions) {
    int length = Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + length);
    bytes.putInt(0x800 | dimensions.length);
    Arrays.stream(dimensions).forEach(bytes::putInt);
    for (int i = 0; i < length; i++) {
      bytes.put((byte) (i % 10));
    }
    return bytes.array();
  }

  public static byte[] gzip(byte[] content) {
    return bytes(
        out -> {
          try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
          }
        });
  }

  /** The checkpoint of an epoch 0, with 50 weights. */
  public static SavedClassifier checkpoint() {
    CheckpointInfo info =
        new CheckpointInfo(
            0,
            new CheckpointInfo.LearnedFrom("synthetic", false, 64, 10),
            new CheckpointInfo.Settings(7, 0.001f, 64, 1000, 1, "cpu"),
            2.3,
            0.1,
            "0.1.0");
    return SavedClassifier.of(Path.of("epoch_0.safetensors"), WIDTHS, weights(0.5f), info);
  }

  private static Map<String, float[]> weights(float value) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    WIDTHS
        .parameterShapes()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
              Arrays.fill(values, value);
              weights.put(name, values);
            });
    return weights;
  }

  public static byte[] bytes(SavedClassifier saved) {
    return bytes(saved.checkpoint());
  }

  public static byte[] bytes(Checkpoint checkpoint) {
    return bytes(new Safetensors(checkpoint.metadata(), checkpoint.tensors())::writeTo);
  }

  /** The checkpoint as PyTorch's state dict, NumPy's archive, ...: what the suffix says. */
  public static byte[] exported(String suffix) {
    FuzzedFile file = new FuzzedFile("model" + suffix);
    checkpoint().export(new TargetFile(file.path(), true));
    return file.read();
  }

  /** A zip archive of these files, packed. */
  static byte[] zip(Map<String, byte[]> files) {
    return bytes(
        out -> {
          try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
              ZipEntry entry = new ZipEntry(file.getKey());
              entry.setTime(0); // the same bytes every time
              zip.putNextEntry(entry);
              zip.write(file.getValue());
              zip.closeEntry();
            }
          }
        });
  }

  /** The first file of a zip archive whose name ends so. */
  static byte[] unzip(byte[] archive, String suffix) {
    FuzzedFile file = new FuzzedFile("x.zip").write(archive);
    try (ZipFile zip = new ZipFile(file.path().toFile())) {
      ZipEntry entry =
          zip.stream().filter(e -> e.getName().endsWith(suffix)).findFirst().orElseThrow();
      return zip.getInputStream(entry).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A bright square on black, as PNG in grey, in colours of a palette, and as JPEG. */
  static List<byte[]> pictures() {
    List<byte[]> pictures = new ArrayList<>();
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_BINARY}) {
      pictures.add(picture(type, "png"));
    }
    pictures.add(picture(BufferedImage.TYPE_INT_ARGB, "png"));
    pictures.add(picture(BufferedImage.TYPE_3BYTE_BGR, "jpeg"));
    return pictures;
  }

  private static byte[] picture(int type, String format) {
    BufferedImage image = new BufferedImage(16, 12, type);
    for (int i = 0; i < 25; i++) {
      image.setRGB(4 + i % 5, 3 + i / 5, 0xffffffff);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** What PyTorch and NumPy wrote: zip archives of this suffix. */
  static List<byte[]> archives(String suffix) {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/pytorch"))) {
      List<byte[]> archives = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(suffix)).sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        if (content[0] == 'P') {
          archives.add(content);
        }
      }
      return archives;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a resumed training needs beside {@link #checkpoint}. */
  public static byte[] optimizerFile() {
    FuzzedFile file = new FuzzedFile("epoch_0.optimizer.safetensors");
    new OptimizerFile(1, weights(-1), weights(1)).write(file.path(), checkpoint().checkpoint());
    return file.read();
  }

  /** Writes some bytes. */
  interface Content {
    void writeTo(ByteArrayOutputStream out) throws IOException;
  }

  static byte[] bytes(Content content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
