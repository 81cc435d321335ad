package io.fmviz.spark;

import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.spark.files.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Networks of Hadoop's file systems, copied to the driver, where they are looked at: with what lies
 * beside a model, and tells how its pictures are read or has its weights, as exporters call it.
 * What is copied goes as the driver ends, also where it is interrupted.
 */
final class Copies {
  private final HadoopStore store;

  Copies(HadoopStore store) {
    this.store = store;
  }

  /**
   * A network.
   *
   * @param file that it was read from, on this machine
   */
  record CopiedNetwork(Network network, Path file) {
    /**
     * The files beside it that hold some of its weights. Executors have all files in one folder.
     *
     * @throws UserException if one is in a folder of its own
     */
    List<Path> beside() {
      List<String> names = network.weightFiles();
      for (String name : names) {
        if (name.contains("/")) {
          throw new UserException(
              "%s keeps its weights in %s: on a cluster they must be in one file, or beside the model"
                  .formatted(network.location(), name));
        }
      }
      return names.stream().map(file::resolveSibling).toList();
    }
  }

  /** The network that is asked for. */
  CopiedNetwork open(NetworkRequest request) {
    if (request.name() == null || !HadoopStore.isRemote(request.name())) {
      Network here = request.open();
      return new CopiedNetwork(here, Path.of(here.location()).toAbsolutePath());
    }
    Path copy = copy(store.path(request.name()), request.kind());
    return new CopiedNetwork(
        Location.named(copy, request.name(), () -> request.open(copy)), copy.toAbsolutePath());
  }

  private Path copy(Path remote, NetworkKind kind) {
    try {
      Path folder = folder();
      for (String name : kind.beside(remote.getFileName().toString())) {
        Path beside = remote.resolveSibling(name);
        if (Files.isRegularFile(beside)) {
          copyTo(folder, beside);
        }
      }
      return copyTo(folder, remote);
    } catch (IOException e) {
      throw UserException.cannotRead(remote, e);
    }
  }

  /** A place for a file of a name, in a folder of its own. */
  static Path place(Path name) throws IOException {
    return in(folder(), name);
  }

  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("fmviz");
    folder.toFile().deleteOnExit();
    return folder;
  }

  private static Path in(Path folder, Path name) {
    Path target = folder.resolve(name.toString());
    target.toFile().deleteOnExit();
    return target;
  }

  private static Path copyTo(Path folder, Path remote) throws IOException {
    Path target = in(folder, remote.getFileName());
    Files.copy(remote, target);
    return target;
  }
}
