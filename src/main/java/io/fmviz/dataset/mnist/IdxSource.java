package io.fmviz.dataset.mnist;

import io.fmviz.dataset.Split;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The datasets that come as IDX files of the same names. */
enum IdxSource {
  MNIST("mnist", "mnist", "MNIST", "5041921314", "7210414959"),
  FASHION_MNIST("fashion-mnist", "fashmnist", "FashionMNIST", "9003027255", "9211614657");

  private final String id;
  private final String artifactId;
  private final String torchvisionName;
  private final String firstTrainLabels;
  private final String firstTestLabels;

  IdxSource(String id, String artifactId, String torchvisionName, String train, String test) {
    this.id = id;
    this.artifactId = artifactId;
    this.torchvisionName = torchvisionName;
    this.firstTrainLabels = train;
    this.firstTestLabels = test;
  }

  /** The name, as {@code --dataset} takes it. */
  String id() {
    return id;
  }

  /** The name in DJL's dataset repository. */
  String artifactId() {
    return artifactId;
  }

  /** Where torchvision keeps the files, and where a download puts them. */
  Path downloadFolder(Path folder) {
    return folder.resolve(torchvisionName).resolve("raw");
  }

  /**
   * Whether these labels begin as this dataset's do. The files of both have the same names, so the
   * first ten labels are what tells them apart.
   */
  boolean beginsLike(Split split, byte[] labels) {
    String first = split == Split.TRAIN ? firstTrainLabels : firstTestLabels;
    return labels.length >= first.length()
        && IntStream.range(0, first.length()).allMatch(i -> labels[i] == first.charAt(i) - '0');
  }
}
