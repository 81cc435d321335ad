package io.fmviz.cli;

import io.fmviz.cli.options.ComputeOptions;
import io.fmviz.cli.options.DataOptions;
import io.fmviz.cli.options.DrawingOptions;
import io.fmviz.cli.options.DrawingOptions.LabelOption;
import io.fmviz.cli.options.DrawingOptions.NormalizeOption;
import io.fmviz.cli.options.DrawingOptions.RowOption;
import io.fmviz.cli.options.LayersOption;
import io.fmviz.cli.options.NetworkOptions;
import io.fmviz.cli.options.OutputOptions;
import io.fmviz.cli.options.OutputOptions.FormatOption;
import io.fmviz.cli.options.OutputOptions.HtmlOption;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.Usage;
import io.fmviz.pipeline.kernels.KernelView;
import io.fmviz.pipeline.kernels.KernelsPipeline;
import io.fmviz.pipeline.kernels.KernelsRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "kernels",
    defaultValueProvider = OwnOption.DefaultValues.class,
    description = {
      "Draws the kernels of each convolution as one grid picture: blue is negative, red positive.",
      "Kernels of a first convolution that sees red, green and blue are drawn in these colours: grey is zero. Of others with several input channels each pair of an output and an input channel gets a tile, one output channel in a row, unless --reduce makes one of each row.",
      "Kernels need neither images nor the engine: --dataset, --data, --device and --threads are taken, as by every command, and change nothing."
    })
// Kernels are small, and have signs.
@OwnOption(option = "--padding", defaultValue = "1")
@OwnOption(option = "--normalize", defaultValue = "layer")
@OwnOption(option = "--scale", defaultValue = "6")
@OwnOption(
    option = "--layers",
    text =
        "The convolutions to draw, as names or globs, separated by commas, such as Conv2d_2,Conv2d_3 (default: all).")
@OwnOption(
    option = "--nrow",
    text =
        "Kernels in a row; auto, nearly square (default: 8, or one output channel's if all pairs are shown).")
@OwnOption(option = "--colormap", byDefault = "coolwarm")
final class KernelsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin NetworkOptions network;
  @Mixin DataOptions data;
  @Mixin LayersOption layers;

  @Option(
      names = "--reduce",
      paramLabel = "HOW",
      description =
          "One kernel for each output channel: mean, the mean over the input channels; max-abs, the values of the largest magnitude; rgb, three input channels as colours; or none, all pairs (default: rgb for a first layer of three channels unless --colormap is given, else none).")
  KernelView view;

  @Mixin RowOption row;
  @Mixin DrawingOptions drawing;
  @Mixin NormalizeOption normalize;
  @Mixin LabelOption label;
  @Mixin OutputOptions output;
  @Mixin HtmlOption page;
  @Mixin FormatOption format;
  @Mixin ComputeOptions compute;

  @Override
  public Integer call() throws Exception {
    KernelsRequest request =
        Usage.checked(
            spec,
            () -> {
              compute.compute();
              return new KernelsRequest(
                  network.request(),
                  layers.selection(),
                  view,
                  format.formats(),
                  drawing.choice(row.nrow(), normalize.normalize(), label.label()),
                  output.request(page.html()));
            });
    Console console = fmviz.console();
    return console.run(() -> KernelsPipeline.run(request, console));
  }
}
