package io.fmviz.network.torch;

import io.fmviz.checkpoint.CheckpointFormat;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import java.nio.file.Path;

/** Checkpoints of the classifier, on PyTorch. */
public record ClassifierKind() implements NetworkKind {
  @Override
  public boolean recognizes(String name) {
    return CheckpointFormat.isNamed(name);
  }

  /** A name in the folder, a path, or null for what was written last. */
  @Override
  public Path find(String name, Path folder) {
    return new ModelFolder(folder).find(name);
  }

  @Override
  public Network open(Path file, String location, Reading reading, AnswerChoice answer) {
    return new ClassifierNetwork(SavedClassifier.read(file)).of(location).reading(reading);
  }

  @Override
  public boolean isOnTorch() {
    return true;
  }
}
