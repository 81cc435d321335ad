package io.fmviz.cli;

import io.fmviz.analysis.KernelReduction;
import io.fmviz.pipeline.KernelsPipeline;
import io.fmviz.pipeline.KernelsRequest;
import io.fmviz.pipeline.MapsFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "kernels",
    defaultValueProvider = KernelsCommand.Defaults.class,
    description = {
      "Draws the kernels of each convolution as one grid picture: blue is negative, red positive.",
      "Of a convolution with several input channels each pair of an output and an input channel gets a tile, one output channel in a row, unless --reduce makes one of each row.",
      "--dataset, --data, --device and --threads are taken as by every command; kernels need neither images nor the engine."
    })
final class KernelsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin CheckpointOption checkpoint;
  @Mixin LayersOption layers;

  @Option(
      names = "--reduce",
      paramLabel = "HOW",
      description =
          "${COMPLETION-CANDIDATES}: one kernel for each output channel, the mean over the input channels or the values of the largest magnitude (default: all pairs).")
  KernelReduction reduction;

  @Option(
      names = "--format",
      paramLabel = "FORMATS",
      split = ",",
      defaultValue = "png",
      description =
          "${COMPLETION-CANDIDATES}, with commas between: pictures; the raw weights for NumPy, one file for each layer; the same, one file for all.")
  List<MapsFormat> formats;

  @Option(
      names = "--nrow",
      paramLabel = "N",
      description = "Kernels in a row (default: 8, or one output channel if all pairs are shown).")
  Integer nrow;

  @Mixin DrawingOptions drawing;
  @Mixin NormalizeOption normalize;
  @Mixin LabelOption label;
  @Mixin OutputOptions output;
  @Mixin DataOptions data;
  @Mixin ModelFolderOption modelFolder;
  @Mixin ComputeOptions compute;

  /** Kernels are small and signed. */
  static final class Defaults extends OwnDefaults {
    Defaults() {
      super(
          Map.of(
              "--padding", "1", "--normalize", "layer", "--colormap", "coolwarm", "--scale", "6"));
    }
  }

  @Override
  public Integer call() throws Exception {
    KernelsRequest request =
        Usage.checked(
            spec,
            () -> {
              compute.compute();
              return new KernelsRequest(
                  checkpoint.request(modelFolder),
                  layers.selection(),
                  reduction,
                  new LinkedHashSet<>(formats),
                  nrow,
                  drawing.options(nrow == null ? 1 : nrow, normalize.normalize, label.label),
                  output.folder,
                  output.force);
            });
    Console console = fmviz.console();
    return console.run(() -> KernelsPipeline.run(request, console));
  }
}
