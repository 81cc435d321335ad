package io.fmviz.dataset.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatasetDownloadTest {
  private static final String BASE = "/dataset/cv/ai/djl/basicdataset/mnist/";

  private static final Set<Split> BOTH = EnumSet.allOf(Split.class);

  @TempDir Path folder;
  private HttpServer server;
  private final Map<String, byte[]> served = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body = served.get(path);
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private DatasetDownload download() {
    int port = server.getAddress().getPort();
    return new DatasetDownload(
        URI.create("http://127.0.0.1:" + port + "/"), Duration.ofSeconds(10));
  }

  /** What the repository of basicdataset answers for MNIST, with small files. */
  private void serveMnist() throws Exception {
    byte[] labels = {7, 2, 1};
    byte[] images = IdxTest.gzip(IdxTest.idx(0x803, new int[] {3, 28, 28}, new byte[3 * 784]));
    byte[] labelled = IdxTest.gzip(IdxTest.idx(0x801, new int[] {3}, labels));
    List<String> items = new ArrayList<>();
    for (String part : List.of("train", "test")) {
      items.add(item(part + "_data", part + "-images.gz", images));
      items.add(item(part + "_labels", part + "-labels.gz", labelled));
    }
    String metadata =
        """
        {"metadataVersion": "0.2", "resourceType": "dataset", "application": "cv",
         "groupId": "ai.djl.basicdataset", "artifactId": "mnist", "name": "mnist",
         "artifacts": [{"version": "1.0", "snapshot": false, "name": "mnist",
                        "files": {%s}}]}
        """
            .formatted(String.join(",", items));
    served.put(BASE + "metadata.json", metadata.getBytes(StandardCharsets.UTF_8));
  }

  private String item(String key, String name, byte[] content) throws Exception {
    served.put(BASE + "1.0/" + name, content);
    String sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
    return "\"%s\": {\"uri\": \"1.0/%s\", \"sha1Hash\": \"%s\", \"size\": %d}"
        .formatted(key, name, sha1, content.length);
  }

  private List<Path> files() throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  @Test
  void downloadsOnceToWhereTorchvisionLooks() throws Exception {
    serveMnist();
    OpenedDataset opened = DatasetChoice.MNIST.open(folder, BOTH, notices::add, download());
    assertThat(opened.dataset().load(Split.TEST).label(1)).isEqualTo(2);
    assertThat(files())
        .containsExactly(
            Path.of("MNIST/raw/t10k-images-idx3-ubyte"),
            Path.of("MNIST/raw/t10k-labels-idx1-ubyte"),
            Path.of("MNIST/raw/train-images-idx3-ubyte"),
            Path.of("MNIST/raw/train-labels-idx1-ubyte"));
    assertThat(notices)
        .containsExactly(
            "downloading mnist from %s into %s"
                .formatted(download().repository(), folder.resolve("MNIST/raw")));

    int requests = asked.size();
    assertThat(requests).isEqualTo(5);
    OpenedDataset again = DatasetChoice.AUTO.open(folder, BOTH, notices::add, download());
    assertThat(again.isFallback()).isFalse();
    assertThat(again.dataset().name()).isEqualTo("mnist");
    assertThat(asked).hasSize(requests);
  }

  @Test
  void leavesNothingOfADownloadThatIsDamaged() throws Exception {
    serveMnist();
    served.put(BASE + "1.0/test-labels.gz", IdxTest.gzip(new byte[] {1}));
    assertThatThrownBy(() -> DatasetChoice.MNIST.open(folder, BOTH, notices::add, download()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "cannot download mnist from " + download().repository() + ": Checksum error: ")
        .hasMessageEndingWith(
            Settings.named(
                    "; put train-images-idx3-ubyte, train-labels-idx1-ubyte,"
                        + " t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (with .gz or without,"
                        + " also as train-images.idx3-ubyte, in capitals or not) into %s or %s, or"
                        + " give {dataset} synthetic")
                .formatted(folder, folder.resolve("MNIST/raw")));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhatARepositoryWithoutTheDatasetAnswers() {
    assertThatThrownBy(
            () -> DatasetChoice.FASHION_MNIST.open(folder, BOTH, notices::add, download()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot download fashion-mnist from " + download().repository());
  }

  @Test
  void refusesAnAnswerThatIsNoMetadata() {
    served.put(BASE + "metadata.json", "<html>".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> DatasetChoice.MNIST.open(folder, BOTH, notices::add, download()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(": its answer is not understood");
  }

  @Test
  void givesUpOnAServerThatDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
      DatasetDownload download = new DatasetDownload(address, Duration.ofSeconds(1));
      assertThatThrownBy(() -> DatasetChoice.MNIST.open(folder, BOTH, notices::add, download))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(": no answer within 1 second; ");
    }
  }

  @Test
  void fallsBackToSyntheticDigitsAndSaysWhy() {
    OpenedDataset opened = DatasetChoice.AUTO.open(folder, BOTH, notices::add, download());
    assertThat(opened.dataset().name()).isEqualTo("synthetic");
    assertThat(opened.fallbackReason()).startsWith("cannot download mnist from ");
  }

  @Test
  void doesNotFallBackWhereMnistIsHalfThere() throws IOException {
    Files.createFile(folder.resolve("train-images-idx3-ubyte.gz"));
    assertThatThrownBy(() -> DatasetChoice.AUTO.open(folder, BOTH, notices::add, download()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot download mnist from ");
  }

  @Test
  void doesNotFallBackWhereFilesHaveNamesThatAreNotLookedFor() throws IOException {
    Path file = Files.createFile(folder.resolve("train-images.idx3"));
    assertThatThrownBy(
            () -> DatasetChoice.AUTO.open(folder, Set.of(Split.TEST), notices::add, download()))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            Settings.named(
                    "; put t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (with .gz or without,"
                        + " also as t10k-images.idx3-ubyte, in capitals or not) into %s or %s,"
                        + " where there is %s, or give {dataset} synthetic")
                .formatted(folder, folder.resolve("MNIST/raw"), file));
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "MNIST"})
  void needsNoMoreThanThePartThatIsRead(DatasetChoice choice) throws IOException {
    IdxDatasetTest.write(folder, ".gz", (byte) 3);
    Files.delete(folder.resolve(IdxFolder.imagesOf(Split.TRAIN) + ".gz"));
    OpenedDataset opened = choice.open(folder, Set.of(Split.TEST), notices::add, download());
    assertThat(opened.dataset().name()).isEqualTo("mnist");
    assertThat(opened.dataset().load(Split.TEST).label(0)).isEqualTo(3);
    assertThat(asked).isEmpty();
    assertThat(notices).isEmpty();
    assertThatThrownBy(() -> choice.open(folder, BOTH, notices::add, download()))
        .hasMessageContaining("; put train-images-idx3-ubyte, train-labels-idx1-ubyte (with ");
  }

  @Test
  void saysSoWhereTheDataFolderCannotBeWritten() throws Exception {
    serveMnist();
    Path file = Files.createFile(folder.resolve("file")).resolve("data");
    assertThatThrownBy(() -> DatasetChoice.MNIST.open(file, BOTH, notices::add, download()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "cannot write into the data folder " + file.resolve("MNIST/raw") + ": ");
    assertThat(DatasetChoice.AUTO.open(file, BOTH, notices::add, download()).fallbackReason())
        .startsWith("cannot write into the data folder " + file.resolve("MNIST/raw") + ": ")
        .doesNotContain("; ");
    assertThat(asked).isEmpty();
  }
}
