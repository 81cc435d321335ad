package io.fmviz.pipeline;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.Split;
import io.fmviz.network.Network;

/**
 * What a command looks at: a network and images, read, which fit each other.
 *
 * @param data the images, and where they are from
 * @param machine carries out what grows with the number of images
 */
public record Opened(
    Setup setup, Network network, OpenedImages data, Machine machine, Progress progress) {
  /**
   * Checks that they fit.
   *
   * @throws io.fmviz.base.UserException if the network can't look at such images
   */
  public Opened {
    Fit.require(network, data);
  }

  /**
   * Opens what a setup names.
   *
   * @param split the part of a dataset
   * @param first so many of the images only; null for all
   */
  public static Opened of(
      Setup setup, Split split, Integer first, Machine machine, Progress progress) {
    Network network = machine.open(setup.network().of(setup.data()), progress);
    OpenedImages data = OpenedImages.of(setup.data(), split, network, progress);
    return new Opened(setup, network, data.first(first), machine, progress).told();
  }

  /** What is open already, to be looked at on this machine. */
  public static Opened of(Setup setup, Network network, OpenedImages data, Progress progress) {
    return new Opened(setup, network, data, Machine.HERE, progress).told();
  }

  /** Says whether the network learned from others, and how pictures are read. */
  private Opened told() {
    Fit.warn(network, data, progress);
    if (data.pictures() != null) {
      progress.note(data.pictures().reading());
    }
    return this;
  }

  public Images images() {
    return data.images();
  }

  public Answers answers() {
    return Answers.of(network, data);
  }
}
