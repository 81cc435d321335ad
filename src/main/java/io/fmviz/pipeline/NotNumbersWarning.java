package io.fmviz.pipeline;

import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in one line what of a network, and of what it computes, is no number. */
public final class NotNumbersWarning {
  private NotNumbersWarning() {}

  /** Of the weights alone. */
  public static void tell(Network network, Progress progress) {
    tell(network, 0, 0, 0, progress);
  }

  /**
   * Says it; nothing if there is no such value.
   *
   * @param images with logits that are NaN or infinite
   * @param all images whose logits were looked at
   * @param values of maps that are NaN or infinite
   */
  static void tell(Network network, long images, int all, long values, Progress progress) {
    List<String> found = new ArrayList<>();
    if (network.notNumbers() > 0) {
      found.add(weights(network));
    }
    if (images > 0) {
      found.add(
          String.format(Locale.ROOT, "the logits of %,d of %s", images, Text.count(all, "image")));
    }
    if (values > 0) {
      found.add(String.format(Locale.ROOT, "%,d values of maps", values));
    }
    if (!found.isEmpty()) {
      progress.warn(
          UserException.oneLine(
              "%s has what is not a number (NaN or infinite): %s; nothing follows from these"
                  .formatted(network.location(), String.join(", ", found))));
    }
  }

  /** {@code 3 of 93,962 weights}. */
  public static String weights(Network network) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d weights",
        network.notNumbers(),
        network.nodes().stream().mapToLong(Node::parameters).sum());
  }
}
