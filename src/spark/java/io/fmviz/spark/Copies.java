package io.fmviz.spark;

import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import io.fmviz.network.onnx.OnnxNetwork;
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
  private static final String TRANSFORMERS = "preprocessor_config.json";
  private static final String TIMM = "config.json";

  private final HadoopStore store;

  Copies(HadoopStore store) {
    this.store = store;
  }

  /** The network that is asked for. */
  Network open(NetworkRequest request) {
    if (request.name() == null || !HadoopStore.isRemote(request.name())) {
      return request.open();
    }
    Path remote = store.path(request.name());
    Path copy = copy(remote);
    NetworkRequest local =
        request.isModel()
            ? NetworkRequest.ofModel(copy)
            : NetworkRequest.ofCheckpoint(copy.toString(), request.modelFolder());
    return Location.named(
        copy,
        request.name(),
        () -> new LocatedNetwork(local.reading(request.reading()).open(), request.name()));
  }

  /** The file that a network was read from, on this machine. */
  Path file(Network network) {
    return Path.of(copied(network).location()).toAbsolutePath();
  }

  /**
   * The files beside it that hold some of its weights. Executors have all files in one folder.
   *
   * @throws UserException if one is in a folder of its own
   */
  List<Path> beside(Network network) {
    List<String> names =
        copied(network) instanceof OnnxNetwork model ? model.weightFiles() : List.of();
    for (String name : names) {
      if (name.contains("/")) {
        throw new UserException(
            "%s keeps its weights in %s: on a cluster they must be in one file, or beside the model"
                .formatted(network.location(), name));
      }
    }
    return names.stream().map(file(network)::resolveSibling).toList();
  }

  private static Network copied(Network network) {
    return network instanceof LocatedNetwork located ? located.network() : network;
  }

  private Path copy(Path remote) {
    try {
      Path folder = folder();
      String model = remote.getFileName().toString();
      for (String name : List.of(TRANSFORMERS, TIMM, model + ".data", model + "_data")) {
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
