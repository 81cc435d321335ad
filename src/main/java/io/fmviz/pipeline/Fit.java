package io.fmviz.pipeline;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Dataset;
import io.fmviz.dataset.Images;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.report.Text;

/** Whether a network can look at images. */
final class Fit {
  private Fit() {}

  /** Whether datasets' images have the form that a network takes. */
  static boolean isDatasets(Network network) {
    InputForm form = network.input();
    return network.defaults().dataset()
        || (form.channels() == 1 && form.height() == Dataset.SIDE && form.width() == Dataset.SIDE);
  }

  /** Refuses a network that doesn't fit the images. */
  static void require(Network network, OpenedImages opened) {
    Images images = opened.images();
    int classes = images.classNames().size();
    InputForm form = network.input();
    if (form.channels() != images.channels()
        || (opened.isDataset() && network.classes() != classes)) {
      throw new UserException(
          "%s takes %s and tells %s apart; the images have %s and %s"
              .formatted(
                  network.location(),
                  Text.count(form.channels(), "channel"),
                  Text.count(network.classes(), "class"),
                  Text.count(images.channels(), "channel"),
                  Text.count(classes, "class")));
    }
    form.require(images, network.location());
  }

  /** Says so if the network learned from other images. */
  static void warn(Network network, OpenedImages opened, Progress progress) {
    String learned = network.metadata().get("dataset");
    if (opened.isDataset() && learned != null && !learned.equals(opened.name())) {
      progress.warn(
          UserException.oneLine(
              "%s learned from %s, but the images are from %s"
                  .formatted(network.location(), learned, opened.name())));
    }
  }
}
