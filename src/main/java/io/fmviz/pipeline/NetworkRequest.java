package io.fmviz.pipeline;

import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.network.Network;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;
import java.nio.file.Path;

/**
 * Which network to take.
 *
 * @param name of a checkpoint in the model folder, or a path; null for the one that was written
 *     last
 */
public record NetworkRequest(String name, Path modelFolder) {
  /** The network, read and ready to be looked at. */
  public Network open() {
    return new ClassifierNetwork(classifier());
  }

  /** For what is done with the classifier alone: its parameters. */
  public SavedClassifier classifier() {
    return SavedClassifier.read(new ModelFolder(modelFolder).find(name));
  }
}
