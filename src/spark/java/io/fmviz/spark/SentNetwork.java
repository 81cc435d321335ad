package io.fmviz.spark;

import io.fmviz.base.UserException;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.spark.SparkFiles;

/**
 * A network on its way to executors, which get its file from Spark.
 *
 * @param file what the file is called there
 * @param location where a person has it
 * @param reading how pictures are read for it
 * @param answer which of its outputs is the answer
 */
record SentNetwork(
    String file,
    String location,
    String sha256,
    NetworkKind kind,
    Preprocessing reading,
    AnswerChoice answer)
    implements Serializable {
  /**
   * The network, on an executor.
   *
   * @throws UserException if it isn't the driver's, or can't be run there
   */
  Network open() {
    Path local = Path.of(SparkFiles.get(file));
    Network network =
        Location.named(
            local,
            location,
            () -> kind.open(local, location, NetworkKind.Reading.decided(reading), answer));
    if (!network.sha256().equals(sha256)) {
      throw new UserException(
          "%s is another file now than when the driver read it: start again".formatted(location));
    }
    return network;
  }
}
