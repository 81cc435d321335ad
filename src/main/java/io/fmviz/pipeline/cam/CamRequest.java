package io.fmviz.pipeline.cam;

import io.fmviz.analysis.cam.CamMethod;
import io.fmviz.base.Require;
import io.fmviz.base.Settings;
import io.fmviz.image.Overlay;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.ImageChoice;
import io.fmviz.probe.LayerSelection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where to look for where a network looks, and how.
 *
 * @param looking how maps become one
 * @param layers null for the last before the head with more than one position
 */
public record CamRequest(
    Setup setup, ImageChoice images, Looking looking, LayerSelection layers, Overlay overlay) {
  /** More would stand in no row. */
  private static final int MOST_TARGETS = 10;

  /**
   * How maps become one.
   *
   * @param method null for the network's usual one
   * @param target the class, by its number from 0 or its name, or a value of an output as {@link
   *     io.fmviz.network.Target} has it; null for the likeliest class
   * @param reduce what several values of an output become; null for their largest
   * @param targets how many of the likeliest, from 1 to 10; null for one
   */
  public record Looking(CamMethod method, String target, Reduce reduce, Integer targets) {
    public Looking {
      Require.within(1, MOST_TARGETS, targets, "targets");
      Require.that(target == null || !target.isBlank(), "target", "takes a number or a name");
      Require.that(
          target == null || targets == null,
          "target",
          Settings.named("and {targets} can't be used together"));
      boolean isOfClass = method == null || method.isOfClass();
      Require.that(target == null || isOfClass, "target", NO_CLASS, method);
      Require.that(
          reduce == null || target != null,
          "targetReduce",
          Settings.named("goes with {target}, of an output's values"));
      Require.that(targets == null || isOfClass, "targets", NO_CLASS, method);
    }
  }

  /** What several values become. */
  public enum Reduce {
    MAX,
    SUM;

    /** The name on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String NO_CLASS =
      Settings.named("chooses classes, and {method} %s asks for none");

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>(images.options());
    options.put("method", looking.method() == null ? null : looking.method().toString());
    options.put("target", looking.target());
    options.put("targetReduce", looking.reduce() == null ? null : looking.reduce().toString());
    options.put("targets", looking.targets());
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("alpha", overlay.alpha());
    options.put("colormap", overlay.colormap().toString());
    return options;
  }
}
