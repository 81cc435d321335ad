package io.fmviz.cli;

import io.fmviz.cli.CommandGroup.In;
import io.fmviz.pipeline.kernels.KernelView;
import io.fmviz.pipeline.kernels.KernelsPipeline;
import io.fmviz.pipeline.kernels.KernelsRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@In(CommandGroup.LOOK)
@Command(
    name = "kernels",
    defaultValueProvider = KernelsCommand.Defaults.class,
    description = {
      "Draws the kernels of each convolution as one grid picture: blue is negative, red positive.",
      "Kernels of a first convolution that sees red, green and blue are drawn in these colours: grey is zero. Of others with several input channels each pair of an output and an input channel gets a tile, one output channel in a row, unless --reduce makes one of each row.",
      "Kernels need neither images nor the engine: --dataset, --data, --device and --threads are taken, as by every command, and change nothing."
    })
@OwnText(
    option = "--layers",
    text =
        "The convolutions to draw, as names or globs, separated by commas, such as Conv2d_2,Conv2d_3 (default: all).")
@OwnText(
    option = "--nrow",
    text =
        "Kernels in a row; auto, nearly square (default: 8, or one output channel's if all pairs are shown).")
@OwnText(option = "--colormap", byDefault = "coolwarm")
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

  /** Kernels are small, and have signs. */
  static final class Defaults extends OwnDefaults {
    Defaults() {
      super(Map.of("--padding", "1", "--normalize", "layer", "--scale", "6"));
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
                  network.request(),
                  layers.selection(),
                  view,
                  format.formats(),
                  drawing.choice(row.nrow, normalize.normalize, label.label),
                  output.request(page.html()));
            });
    Console console = fmviz.console();
    return console.run(() -> KernelsPipeline.run(request, console));
  }
}
