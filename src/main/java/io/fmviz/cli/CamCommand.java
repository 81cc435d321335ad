package io.fmviz.cli;

import io.fmviz.analysis.cam.CamMethod;
import io.fmviz.cli.options.DrawingOptions.ColormapOption;
import io.fmviz.cli.options.FormerName;
import io.fmviz.cli.options.Heading;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.cli.options.ImageOptions;
import io.fmviz.cli.options.LayersOption;
import io.fmviz.cli.options.OwnOption;
import io.fmviz.cli.options.SetupOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.image.Overlay;
import io.fmviz.pipeline.cam.CamPipeline;
import io.fmviz.pipeline.cam.CamRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "cam",
    defaultValueProvider = OwnOption.DefaultValues.class,
    description = {
      "Shows where the network looks: the maps of its last layer, combined into one, over the picture.",
      "What the network does not see of a picture is shaded. Classes are counted from 0."
    })
@OwnOption(option = "--colormap", defaultValue = "viridis")
@OwnOption(
    option = "--layers",
    byDefault = "the last before the answer with more than one position")
@FormerName(was = "--indices", option = "--index")
final class CamCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin SetupOptions setup;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "${COMPLETION-CANDIDATES}: what each position adds to a class's logit; each map weighed by what the logit loses without it; each map weighed by the mean of the logit's gradient, by Grad-CAM++'s weights, each value times its gradient where that is above zero, or anywhere; the maps' mean, their maximum, or their first principal component, whatever the class (default: cam where the logits are a mean over positions and one linear layer, else gradcam, ablation where there are no gradients, or mean where there are no logits).")
  CamMethod method;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description =
          "The class, by its name or number, or, with gradients, a value of an output, boxes[0,4,:] say, with NumPy's indices; of several the largest (default: the predicted class).")
  String target;

  @Option(
      names = "--target-reduce",
      paramLabel = "HOW",
      description =
          "${COMPLETION-CANDIDATES}: what several values of an output become (default: max).")
  CamRequest.Reduce targetReduce;

  @Option(
      names = "--targets",
      paramLabel = "N",
      description = "The N most likely classes, side by side (default: one).")
  Integer targets;

  @Mixin ImageOptions images;
  @Mixin LayersOption layers;

  @Option(
      names = "--alpha",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description =
          "The weight of the map in the drawing, from 0 to 1; the rest is the picture (default: ${DEFAULT-VALUE}).")
  @Under(Heading.DRAWING)
  double alpha;

  @Mixin ColormapOption colormap;

  @Override
  public Integer call() throws Exception {
    CamRequest request =
        Usage.checked(
            spec,
            () ->
                new CamRequest(
                    setup.setup(),
                    images.choice(),
                    new CamRequest.Looking(method, target, targetReduce, targets),
                    layers.selection(),
                    new Overlay(colormap.colormap(), alpha)));
    Console console = fmviz.console();
    return console.run(() -> CamPipeline.run(request, console));
  }
}
