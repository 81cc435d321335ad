package io.fmviz.pipeline.summary;

import io.fmviz.analysis.LayerTable;
import io.fmviz.analysis.NonFinite;
import io.fmviz.base.Unwrapped;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.pipeline.NonFiniteWarning;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Result;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The network's layers, in the columns of torchsummary. */
public final class SummaryPipeline {
  private static final String THIN = "-".repeat(64);
  private static final String THICK = "=".repeat(64);

  private SummaryPipeline() {}

  /**
   * The facts of the summary.
   *
   * @param checkpoint where it was found; null for an ONNX model, and for a fresh network
   * @param model where that was found; null for a checkpoint
   * @param weightsNotANumber how many of the parameters are NaN or infinite; null for none
   * @param flops of one image, a multiply-add counted as 2
   * @param input what an image must be like
   * @param notShown what can't be looked at, and why; null for nothing
   */
  public record SummaryResult(
      String checkpoint,
      String model,
      List<LayerTable.Row> layers,
      long parameters,
      Long weightsNotANumber,
      @Unwrapped Memory memory,
      long flops,
      Input input,
      List<String> notShown)
      implements Result {}

  /**
   * What an image must be like.
   *
   * @param reading how pictures become such images; null where the network says nothing of it
   */
  public record Input(int channels, int height, int width, Map<String, Object> reading) {
    private static Input of(InputForm form) {
      return new Input(
          form.channels(),
          form.height(),
          form.width(),
          form.reading() == null ? null : form.reading().facts());
    }
  }

  /** For one image, in MiB of float32. */
  public record Memory(
      double inputMegabytes,
      double forwardBackwardMegabytes,
      double parameterMegabytes,
      double totalMegabytes) {
    private static Memory of(LayerTable table) {
      return new Memory(
          table.inputMegabytes(),
          table.forwardBackwardMegabytes(),
          table.parameterMegabytes(),
          table.totalMegabytes());
    }
  }

  public static SummaryResult run(SummaryRequest request, Progress progress) {
    Network network =
        request.network() == null
            ? fresh(request, progress)
            : request.network().ofAnySize().open(progress);
    return run(network, request.depth(), progress);
  }

  private static Network fresh(SummaryRequest request, Progress progress) {
    progress.note("this is an untrained network");
    return ClassifierNetwork.untrained(request.fresh());
  }

  /** Of a network that is open already. */
  public static SummaryResult run(Network network, Integer depth, Progress progress) {
    LayerTable table = LayerTable.of(network);
    List<LayerTable.Row> rows = depth == null ? table.layers() : table.folded(depth);
    NonFiniteWarning.tell(network, progress);
    SummaryResult result =
        new SummaryResult(
            checkpoint(network),
            network.origin().model(network.location()),
            rows,
            table.parameters(),
            NonFinite.orNull(network.notNumbers()),
            Memory.of(table),
            table.layers().stream().mapToLong(LayerTable.Row::flops).sum(),
            Input.of(network.input()),
            network.notShown().isEmpty() ? null : network.notShown());
    if (network.defaults().plain()) {
      print(result, progress);
    } else {
      SummaryReport.print(network, result, progress);
    }
    return result;
  }

  /** Where a checkpoint was found; null for a fresh network, which has no file. */
  private static String checkpoint(Network network) {
    return network.metadata().isEmpty() ? null : network.origin().checkpoint(network.location());
  }

  private static void print(SummaryResult table, Progress progress) {
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
    progress.result(size("Input size", table.memory().inputMegabytes()));
    progress.result(size("Forward/backward pass size", table.memory().forwardBackwardMegabytes()));
    progress.result(size("Params size", table.memory().parameterMegabytes()));
    progress.result(size("Estimated Total Size", table.memory().totalMegabytes()));
    progress.result(THIN);
  }

  private static String row(String layer, String shape, String parameters) {
    return "%27s %21s %14s".formatted(layer, shape, parameters);
  }

  private static String count(String what, long number) {
    return String.format(Locale.ROOT, "%s: %,d", what, number);
  }

  /** As torchsummary writes it. */
  private static String size(String what, double megabytes) {
    return String.format(Locale.ROOT, "%s (MB): %.2f", what, megabytes);
  }
}
