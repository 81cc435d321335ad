package io.fmviz.dataset.mnist;

import ai.djl.Application.CV;
import ai.djl.basicdataset.BasicDatasets;
import ai.djl.repository.Artifact;
import ai.djl.repository.RemoteRepository;
import io.fmviz.base.AtomicFile;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Downloads MNIST or Fashion-MNIST from the repository of DJL's basicdataset, which states each
 * file's SHA-1, into the folder that torchvision would use.
 *
 * @param repository the repository's address
 * @param patience how long the repository may take to answer at all, and a read to bring more bytes
 */
record DatasetDownload(URI repository, Duration patience) {
  /** The files' names in the repository, and here. */
  private static final Map<String, String> ITEMS = new LinkedHashMap<>();

  static {
    ITEMS.put("train_data", IdxFolder.imagesOf(Split.TRAIN));
    ITEMS.put("train_labels", IdxFolder.labelsOf(Split.TRAIN));
    ITEMS.put("test_data", IdxFolder.imagesOf(Split.TEST));
    ITEMS.put("test_labels", IdxFolder.labelsOf(Split.TEST));
  }

  static DatasetDownload standard() {
    return new DatasetDownload(BasicDatasets.DJL_REPO_URL, Duration.ofSeconds(10));
  }

  /**
   * Downloads the four files, each checked against its SHA-1. They appear only when all are there;
   * a file that exists is left as it is.
   *
   * @param advice what to do where that fails
   * @throws UserException if the repository can't be reached or sends something else, or the folder
   *     can't be written
   */
  void fetch(IdxSource source, Path folder, String advice) {
    Path target = source.downloadFolder(folder);
    Path work = workFolder(target, advice);
    try {
      Cache cache = new Cache(repository, work);
      Artifact artifact = locate(cache, source);
      if (artifact == null || !artifact.getFiles().keySet().containsAll(ITEMS.keySet())) {
        throw new IOException("it does not offer " + source.id());
      }
      cache.prepare(artifact, null);
      for (Map.Entry<String, String> item : ITEMS.entrySet()) {
        Path file = target.resolve(item.getValue());
        if (!Files.exists(file)) {
          Path fetched = cache.getFile(artifact.getFiles().get(item.getKey()), "");
          AtomicFile.writeDurably(file, out -> Files.copy(fetched, out));
        }
      }
    } catch (IOException e) {
      throw new UserException(
          "cannot download %s from %s: %s".formatted(source.id(), repository, reason(e)),
          advice,
          e);
    } finally {
      deleteTree(work);
      deleteEmpty(target);
    }
  }

  private static Path workFolder(Path target, String advice) {
    try {
      Files.createDirectories(target);
      return Files.createTempDirectory(target, ".download");
    } catch (IOException e) {
      throw new UserException(
          "cannot write into the data folder %s: %s".formatted(target, UserException.reason(e)),
          advice,
          e);
    }
  }

  /** Asks the repository what it offers, on a thread of its own: a name look-up has no time-out. */
  private Artifact locate(Cache cache, IdxSource source) throws IOException {
    FutureTask<Artifact> answer =
        new FutureTask<>(
            () ->
                cache
                    .dataset(CV.ANY, BasicDatasets.GROUP_ID, source.artifactId(), "1.0")
                    .getDefaultArtifact());
    Thread asker = new Thread(answer, "fmviz-download");
    asker.setDaemon(true);
    asker.start();
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + Numbers.count(patience.toSeconds(), "second"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("its answer is not understood", e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof UnknownHostException
        ? "no such host, or no network"
        : UserException.reason(e);
  }

  /** Leaves no folders behind that hold nothing: that of the files, and torchvision's around it. */
  private static void deleteEmpty(Path target) {
    try {
      Files.deleteIfExists(target);
      Files.deleteIfExists(target.getParent());
    } catch (IOException e) {
      // Something is in them.
    }
  }

  private static void deleteTree(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // A leftover download folder is hidden, and harms nobody.
    }
  }

  /** The repository, keeping what it downloads in a folder that is given. */
  private static final class Cache extends RemoteRepository {
    private final Path folder;

    Cache(URI uri, Path folder) {
      super("fmviz", uri);
      this.folder = folder;
    }

    @Override
    public Path getCacheDirectory() {
      return folder;
    }
  }
}
