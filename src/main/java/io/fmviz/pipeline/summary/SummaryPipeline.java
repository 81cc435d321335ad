package io.fmviz.pipeline.summary;

import io.fmviz.analysis.LayerTable;
import io.fmviz.analysis.NotNumbers;
import io.fmviz.network.Network;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.pipeline.NotNumbersWarning;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Result;
import java.util.List;
import java.util.Locale;

/** The network's layers, in the columns of torchsummary. */
public final class SummaryPipeline {
  private static final String THIN = "-".repeat(64);
  private static final String THICK = "=".repeat(64);

  private SummaryPipeline() {}

  /**
   * The facts of the summary.
   *
   * @param weightsNotANumber how many of the parameters are NaN or infinite; null for none
   */
  public record SummaryResult(
      List<LayerTable.Row> layers,
      long parameters,
      Long weightsNotANumber,
      double inputMegabytes,
      double forwardBackwardMegabytes,
      double parameterMegabytes,
      double totalMegabytes)
      implements Result {}

  public static SummaryResult run(SummaryRequest request, Progress progress) {
    Network network =
        request.network() == null
            ? ClassifierNetwork.untrained(ClassifierWidths.ofBase(request.baseChannels()))
            : request.network().open();
    LayerTable table = LayerTable.of(network);
    NotNumbersWarning.tell(network, progress);
    print(table, progress);
    return new SummaryResult(
        table.layers(),
        table.parameters(),
        NotNumbers.orNull(network.notNumbers()),
        table.inputMegabytes(),
        table.forwardBackwardMegabytes(),
        table.parameterMegabytes(),
        table.totalMegabytes());
  }

  private static void print(LayerTable table, Progress progress) {
    progress.result(THIN);
    progress.result(row("Layer (type)", "Output Shape", "Param #"));
    progress.result(THICK);
    for (LayerTable.Row r : table.layers()) {
      progress.result(
          row(
              r.path() + " (" + r.name() + ")",
              r.outputShape().toString().replace("[", "[-1, "),
              String.format(Locale.ROOT, "%,d", r.parameters())));
    }
    progress.result(THICK);
    // Every parameter of this network is trained.
    progress.result(count("Total params", table.parameters()));
    progress.result(count("Trainable params", table.parameters()));
    progress.result(count("Non-trainable params", 0));
    progress.result(THIN);
    progress.result(size("Input size", table.inputMegabytes()));
    progress.result(size("Forward/backward pass size", table.forwardBackwardMegabytes()));
    progress.result(size("Params size", table.parameterMegabytes()));
    progress.result(size("Estimated Total Size", table.totalMegabytes()));
    progress.result(THIN);
  }

  private static String row(String layer, String shape, String parameters) {
    return "%27s %21s %14s".formatted(layer, shape, parameters);
  }

  private static String count(String what, long number) {
    return String.format(Locale.ROOT, "%s: %,d", what, number);
  }

  private static String size(String what, double megabytes) {
    return String.format(Locale.ROOT, "%s (MB): %.2f", what, megabytes);
  }
}
