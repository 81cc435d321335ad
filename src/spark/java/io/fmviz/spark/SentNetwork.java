package io.fmviz.spark;

import io.fmviz.base.UserException;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.network.Network;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.spark.SparkFiles;

/**
 * A network on its way to executors, which get its file from Spark.
 *
 * @param file what the file is called there
 * @param location where a person has it
 * @param isModel whether it is a model of others', else a checkpoint
 * @param reading how pictures are read for it
 */
record SentNetwork(
    String file, String location, String sha256, boolean isModel, Preprocessing reading)
    implements Serializable {
  /**
   * The network, on an executor.
   *
   * @throws UserException if it isn't the driver's, or can't be run there
   */
  Network open() {
    Path local = Path.of(SparkFiles.get(file));
    Network network = Location.named(local, location, () -> read(local));
    if (!network.sha256().equals(sha256)) {
      throw new UserException(
          "%s is another file now than when the driver read it: start again".formatted(location));
    }
    return network;
  }

  private Network read(Path local) {
    return isModel
        ? OnnxModel.read(local).network(reading)
        : new ClassifierNetwork(SavedClassifier.read(local)).reading(reading);
  }
}
