package io.fmviz.forward;

import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import java.util.Map;

/** PyTorch's names for the kinds of DJL's blocks. */
final class TypeNames {
  /**
   * DJL's own names of lambda blocks and classes, where PyTorch has another. DJL's global pools
   * reduce each map to one value, as PyTorch's adaptive pools of size 1 do.
   */
  private static final Map<String, String> TORCH =
      Map.ofEntries(
          Map.entry("sigmoid", "Sigmoid"),
          Map.entry("softPlus", "Softplus"),
          Map.entry("softSign", "Softsign"),
          Map.entry("Swish", "SiLU"),
          Map.entry("maxPool1d", "MaxPool1d"),
          Map.entry("maxPool2d", "MaxPool2d"),
          Map.entry("maxPool3d", "MaxPool3d"),
          Map.entry("avgPool1d", "AvgPool1d"),
          Map.entry("avgPool2d", "AvgPool2d"),
          Map.entry("avgPool3d", "AvgPool3d"),
          Map.entry("lpPool1d", "LPPool1d"),
          Map.entry("lpPool2d", "LPPool2d"),
          Map.entry("lpPool3d", "LPPool3d"),
          Map.entry("globalMaxPool1d", "AdaptiveMaxPool1d"),
          Map.entry("globalMaxPool2d", "AdaptiveMaxPool2d"),
          Map.entry("globalMaxPool3d", "AdaptiveMaxPool3d"),
          Map.entry("globalAvgPool1d", "AdaptiveAvgPool1d"),
          Map.entry("globalAvgPool2d", "AdaptiveAvgPool2d"),
          Map.entry("globalAvgPool3d", "AdaptiveAvgPool3d"),
          Map.entry("batchFlatten", "Flatten"),
          Map.entry("Conv1dTranspose", "ConvTranspose1d"),
          Map.entry("Conv2dTranspose", "ConvTranspose2d"),
          Map.entry("Prelu", "PReLU"),
          Map.entry("SequentialBlock", "Sequential"),
          Map.entry("ParallelBlock", "Parallel"),
          Map.entry(LambdaBlock.DEFAULT_NAME, "Lambda"));

  private TypeNames() {}

  /** The type of a block: PyTorch's name, else the lambda's, else the class's. */
  static String of(Block block) {
    String name =
        block instanceof LambdaBlock lambda ? lambda.getName() : block.getClass().getSimpleName();
    // A method reference or an anonymous class has no name to speak of.
    if (name.isEmpty() || name.contains("$$Lambda")) {
      return "Lambda";
    }
    return TORCH.getOrDefault(name, name);
  }
}
