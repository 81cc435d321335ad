package io.fmviz.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fmviz.analysis.TopResponses.Response;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.mnist.DatasetChoice;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.PicturesRequest;
import io.fmviz.pipeline.RecordedProgress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopActivationsCacheTest {
  private static final long MB = 1L << 20;

  @TempDir private Path folder;
  private TopActivationsCache cache;
  private Opened opened;
  private ServedLayers layers;

  /** A network and a picture for it. */
  private record Opened(Network network, OpenedImages images) {
    static Opened in(Path folder) {
      OnnxModel model = OnnxModel.read(folder.resolve("net.onnx"));
      Network network =
          model.network(
              Preprocessing.resolve(
                  ReadingChoice.NONE, model.inputDimensions(), model.file(), model.metadata()));
      PicturesRequest pictures = new PicturesRequest(List.of(folder.resolve("a.png")), null, null);
      return new Opened(
          network,
          OpenedImages.of(
              new DataRequest(DatasetChoice.AUTO, folder, pictures),
              Split.TEST,
              network,
              new RecordedProgress()));
    }

    String key(TopActivationsCache cache) {
      return cache.key(network, new ServedLayers(network), images);
    }
  }

  /** Prints the key of what is in a folder. */
  static final class KeyOf {
    public static void main(String[] args) {
      System.out.print(Opened.in(Path.of(args[0])).key(new TopActivationsCache(null)));
    }
  }

  @BeforeEach
  void open() throws IOException {
    try (InputStream model =
        TopActivationsCacheTest.class.getResourceAsStream("/onnx/folded.onnx")) {
      Files.copy(model, folder.resolve("net.onnx"));
    }
    picture(0x00ff00);
    cache = new TopActivationsCache(folder.resolve("cache"));
    opened = Opened.in(folder);
    layers = new ServedLayers(opened.network());
  }

  private void picture(int color) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 2, color);
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
  }

  /** Two responses of every channel, no two alike. */
  private Map<Node, List<List<Response>>> found() {
    Map<Node, List<List<Response>>> found = new LinkedHashMap<>();
    int value = 0;
    for (Node node : layers.nodes()) {
      List<List<Response>> channels = new ArrayList<>();
      for (int c = 0; c < node.channels(); c++) {
        channels.add(
            List.of(new Response(0, value++, 1, 2), new Response(0, -value / 3f, c, value)));
      }
      found.put(node, channels);
    }
    return found;
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(cache.folder())) {
      return files.toList().get(0);
    }
  }

  @Test
  void givesBackWhatItKept() {
    String key = opened.key(cache);
    assertThat(cache.read(key, layers, 1)).isNull();
    cache.write(key, layers, found());
    assertThat(cache.read(key, layers, 1)).isEqualTo(found());
  }

  @Test
  void anotherProcessFindsItAgain() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                KeyOf.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String key = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(key).hasSize(64).isEqualTo(opened.key(cache));
  }

  @Test
  void anotherNetworkOrPictureIsNotTakenForThisOne() throws IOException {
    String key = opened.key(cache);
    FileTime written = Files.getLastModifiedTime(folder.resolve("a.png"));
    Path moved = Files.copy(folder.resolve("a.png"), folder.resolve("b.png"));
    Files.setLastModifiedTime(moved, written);
    Files.move(moved, folder.resolve("a.png"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Opened.in(folder).key(cache)).isNotEqualTo(key);

    String before = Opened.in(folder).key(cache);
    assertThat(Opened.in(folder).key(cache)).isEqualTo(before);
    byte[] bytes = Files.readAllBytes(folder.resolve("net.onnx"));
    int digit = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("pytorch");
    bytes[digit] = 'P';
    Files.write(folder.resolve("net.onnx"), bytes);
    assertThat(Opened.in(folder).key(cache)).isNotEqualTo(before);
  }

  @Test
  void whatIsDamagedAnywhereIsNotRead() throws IOException {
    String key = opened.key(cache);
    cache.write(key, layers, found());
    Path file = only();
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i += i < 40 ? 1 : 37) {
      bytes[i] ^= 4;
      Files.write(file, bytes);
      assertThat(cache.read(key, layers, 1)).as("byte %d", i).isNull();
      bytes[i] ^= 4;
    }
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(cache.read(key, layers, 1)).isNull();
    Files.write(file, new byte[0]);
    assertThat(cache.read(key, layers, 1)).isNull();
    Files.write(file, bytes);
    assertThat(cache.read(key, layers, 1)).isEqualTo(found());
    assertThat(cache.read(key, layers, 0)).as("of an image that isn't there").isNull();
  }

  @Test
  void whatOthersCouldHaveWrittenIsNotRead() throws IOException {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
    String key = opened.key(cache);
    cache.write(key, layers, found());
    Files.setPosixFilePermissions(cache.folder(), PosixFilePermissions.fromString("rwxrwx---"));
    assertThat(cache.read(key, layers, 1)).isNull();
    Files.setPosixFilePermissions(cache.folder(), PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(cache.read(key, layers, 1)).isEqualTo(found());
  }

  @Test
  void takes256MegabytesAndTheLongestUnusedGo() throws IOException {
    String key = opened.key(cache);
    cache.write(key, layers, found());
    Path kept = only();
    for (int i = 0; i < 5; i++) {
      sparse("strongest-" + Integer.toString(i).repeat(32), 60 * MB, 5 - i);
    }
    Path others = sparse("onnxruntime", 100 * MB, 9);
    Files.setLastModifiedTime(kept, hoursAgo(8));
    assertThat(cache.read(key, layers, 1)).as("used a moment ago").isNotNull();

    String other = "f".repeat(64);
    cache.write(other, layers, found());
    try (Stream<Path> files = Files.list(cache.folder())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              kept.getFileName().toString(),
              "strongest-" + "f".repeat(32),
              "strongest-" + "1".repeat(32),
              "strongest-" + "2".repeat(32),
              "strongest-" + "3".repeat(32),
              "strongest-" + "4".repeat(32),
              others.getFileName().toString());
    }
  }

  private static FileTime hoursAgo(int hours) {
    return FileTime.from(Instant.now().minus(Duration.ofHours(hours)));
  }

  private Path sparse(String name, long bytes, int hours) throws IOException {
    Path file = cache.folder().resolve(name);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(bytes);
    }
    Files.setLastModifiedTime(file, hoursAgo(hours));
    return file;
  }
}
