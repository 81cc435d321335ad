package io.fmviz.cli.options;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.Topology;
import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which network to take: a checkpoint of the classifier's, or an ONNX model. */
public final class NetworkOptions {
  private static final String FOR_MODELS = Settings.named("is for the networks of {model}");

  @Mixin private CheckpointOption checkpoint;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "A network of your own in place of a checkpoint, as PyTorch, TensorFlow or Paddle export"
              + " it: an ONNX file (default: none).")
  private Path model;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "The output of --model that is its answer, where several could be (default: what can be"
              + " found out).")
  private String output;

  @Mixin private ModelFolderOption modelFolder;
  @Mixin private ReadingOptions reading;

  /** The same where an input without a value is drawn. */
  public NetworkRequest drawing() {
    return asked();
  }

  /** Whether the image itself is to be drawn. */
  public boolean isInputDrawn() {
    return reading.hasBareInput();
  }

  public NetworkRequest request() {
    if (reading.hasBareInput()) {
      throw new InvalidValueException("input", "takes a name and values, such as scale_factor=1,1");
    }
    return asked();
  }

  private NetworkRequest asked() {
    if (model == null) {
      Usage.refuse("output", output, FOR_MODELS);
      NetworkRequest request =
          NetworkRequest.ofCheckpoint(checkpoint.name, modelFolder.folder)
              .reading(reading.choice());
      if (request.isClassifier()) {
        refuseForClassifier(request.reading());
      }
      return request;
    }
    Usage.refuse(
        "checkpoint", checkpoint.name, Settings.named("and {model} can't be used together"));
    return NetworkRequest.ofModel(model)
        .reading(reading.choice())
        .answering(new AnswerChoice(output, null));
  }

  /** It has one input, of one channel. */
  private static void refuseForClassifier(ReadingChoice choice) {
    Usage.refuse("fourthChannel", choice.scaling().alpha(), FOR_MODELS);
    Usage.refuse("input", choice.inputs().isEmpty() ? null : choice.inputs(), FOR_MODELS);
  }

  /** Whether one is named. */
  public boolean isNamed() {
    return checkpoint.name != null || model != null;
  }

  /** Which checkpoint to take. */
  static final class CheckpointOption {
    @Option(
        names = "--checkpoint",
        paramLabel = "NAME",
        description =
            "A name in the model folder, such as epoch_0, or a file: safetensors, PyTorch's pth or"
                + " NumPy's npz (default: the one written last).")
    private String name;
  }

  /** Where checkpoints are. */
  public static final class ModelFolderOption {
    @Option(
        names = "--model-dir",
        paramLabel = "DIR",
        defaultValue = "save_model",
        description = "The folder of checkpoints (default: ${DEFAULT-VALUE}).")
    private Path folder;

    public Path folder() {
      return folder;
    }
  }

  /** Says of a command that it can't do with an ONNX model. */
  public static final class NoModelOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FILE", hidden = true)
    void refuse(Path file) {
      if (file != null) { // null is the option's default
        throw new ParameterException(
            spec.commandLine(), "this command is for the built-in classifier: it takes no --model");
      }
    }
  }

  /** Which of the built-in classifier's checkpoints to take. */
  public static final class CheckpointOptions {
    @Mixin private CheckpointOption checkpoint;
    @Mixin private ModelFolderOption modelFolder;
    @Mixin NoModelOption noModel;

    public NetworkRequest request() {
      return NetworkRequest.ofCheckpoint(checkpoint.name, modelFolder.folder);
    }

    Path modelFolder() {
      return modelFolder.folder;
    }
  }

  /** How wide a fresh network is. */
  public static final class BaseChannelsOption {
    @Option(
        names = "--base-channels",
        paramLabel = "N",
        defaultValue = "32",
        description =
            "Channels of a fresh network's first convolution; the others have two and four times as"
                + " many (default: ${DEFAULT-VALUE}).")
    private int channels;

    public ClassifierWidths widths() {
      return Topology.DIGITS.ofBase(channels);
    }
  }
}
