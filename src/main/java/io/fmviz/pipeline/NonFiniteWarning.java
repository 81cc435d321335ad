package io.fmviz.pipeline;

import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in one line what of some networks, and of what they compute, is not finite. */
public final class NonFiniteWarning {
  private NonFiniteWarning() {}

  /**
   * What was computed.
   *
   * @param unknown logits of so many images, or by so many checkpoints, are NaN or infinite
   * @param all whose logits were looked at
   * @param noun what these are: {@code image}
   * @param values of maps that are NaN or infinite
   */
  public record Computed(long unknown, int all, String noun, long values) {
    static final Computed NOTHING = new Computed(0, 0, "image", 0);
  }

  /** Of the weights alone. */
  public static void tell(Network network, Progress progress) {
    tell(List.of(network), Computed.NOTHING, progress);
  }

  /** Says it of networks, at least one; nothing where all are numbers. */
  public static void tell(List<Network> networks, Computed computed, Progress progress) {
    List<Network> broken = networks.stream().filter(n -> n.notNumbers() > 0).toList();
    List<String> found = new ArrayList<>();
    if (!broken.isEmpty()) {
      found.add(weights(broken));
    }
    if (computed.unknown() > 0) {
      found.add(
          String.format(
              Locale.ROOT,
              "the logits of %,d of %s",
              computed.unknown(),
              Text.count(computed.all(), computed.noun())));
    }
    if (computed.values() > 0) {
      found.add(Text.count(computed.values(), "value") + " of maps");
    }
    if (!found.isEmpty()) {
      progress.warn(
          UserException.oneLine(
              "%s has values that are NaN or infinite: %s; nothing follows from them"
                  .formatted(
                      (broken.isEmpty() ? networks : broken)
                          .stream().map(Network::location).collect(Collectors.joining(", ")),
                      String.join(", ", found))));
    }
  }

  /** {@code 3 of 93,962 weights}. */
  public static String weights(List<Network> networks) {
    return String.format(
        Locale.ROOT,
        "%,d of %s",
        networks.stream().mapToLong(Network::notNumbers).sum(),
        Text.count(
            networks.stream().flatMap(n -> n.nodes().stream()).mapToLong(Node::parameters).sum(),
            "weight"));
  }
}
