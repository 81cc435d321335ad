package io.fmviz.cli.options;

import io.fmviz.base.InvalidValueException;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.dataset.photo.ChannelOrder;
import io.fmviz.dataset.photo.ChannelValues;
import io.fmviz.dataset.photo.Fit;
import io.fmviz.dataset.photo.Interpolation;
import io.fmviz.dataset.photo.Layout;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.dataset.photo.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How pictures become what a network takes. What isn't given, files beside the model tell. */
@Under(Heading.PREPROCESSING)
final class ReadingOptions {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})(?:[xX]([1-9]\\d{0,4}))?");

  @Option(
      names = "--fit",
      paramLabel = "HOW",
      description =
          "How a picture is brought to the network's input size: ${COMPLETION-CANDIDATES}; crop"
              + " scales the shorter side and cuts out the middle, letterbox leaves bars, digit"
              + " lifts strokes from their background, as MNIST has them (default: digit for the"
              + " built-in classifier, else crop).")
  private Fit fit;

  @Option(
      names = "--input-size",
      paramLabel = "HxW",
      completionCandidates = Words.Auto.class,
      description =
          "The height and width of what the network takes, such as 224 or 480x640; or auto, what a"
              + " file says, else 224 or the next larger that the network can take (default: as the"
              + " network says; auto for kernels and summary).")
  private String inputSize;

  @Option(
      names = "--crop-pct",
      paramLabel = "SHARE",
      description = "The part of the shorter side that --fit crop keeps (default: 0.875).")
  private Double cropPct;

  @Option(
      names = "--range",
      paramLabel = "N",
      description = "The value of white: 1 or 255 (default: 1).")
  private Double range;

  @Option(
      names = "--mean",
      paramLabel = "VALUES",
      completionCandidates = Words.Channels.class,
      description =
          "What is subtracted: imagenet, half, none, or a number for each channel separated by"
              + " commas, in the range's units (default: imagenet for three channels).")
  private String mean;

  @Option(
      names = "--std",
      paramLabel = "VALUES",
      completionCandidates = Words.Channels.class,
      description =
          "What that is divided by: imagenet, half, none, or numbers likewise (default: imagenet"
              + " for three channels).")
  private String std;

  @Option(
      names = "--fourth-channel",
      paramLabel = "VALUE",
      description =
          "What a fourth channel holds in all pictures, as the network gets it (default: white's"
              + " value, opaque).")
  private Double fourthChannel;

  @Option(
      names = "--channel-order",
      paramLabel = "ORDER",
      description = "${COMPLETION-CANDIDATES} (default: rgb for three channels, gray for one).")
  private ChannelOrder channelOrder;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description =
          "Where the network's input has its channels: ${COMPLETION-CANDIDATES} (default: what its"
              + " shape shows).")
  private Layout layout;

  @Option(
      names = "--interpolation",
      paramLabel = "HOW",
      description =
          "How a picture is scaled, as Pillow does it: ${COMPLETION-CANDIDATES} (default:"
              + " bilinear).")
  private Interpolation interpolation;

  @Option(
      names = "--preprocess",
      paramLabel = "FILE",
      description =
          "A file that says all this: transformers' preprocessor_config.json or timm's config.json"
              + " (default: one of them beside the model).")
  private Path file;

  @Option(
      names = "--input",
      paramLabel = "NAME=VALUE",
      arity = "0..1",
      fallbackValue = InputValues.NONE,
      description =
          "What an input of the network gets that takes no picture: one number for all its values"
              + " or one for each, separated by commas, such as im_shape=640,640 or training=false;"
              + " may be repeated (default: a guess where that is a size, a scale, a mask or a"
              + " switch).")
  private List<String> inputs = new ArrayList<>();

  /** Whether it is given without a value. */
  boolean hasBareInput() {
    return inputs.contains(InputValues.NONE);
  }

  /**
   * The options as a record.
   *
   * @throws InvalidValueException if one can't be
   */
  ReadingChoice choice() {
    return new ReadingChoice(
        new ReadingChoice.Geometry(fit, size(), cropPct, interpolation),
        new ReadingChoice.Scaling(range, values("mean", mean), values("std", std), fourthChannel),
        channelOrder,
        layout,
        file,
        InputValues.of(inputs),
        isAuto());
  }

  private boolean isAuto() {
    return inputSize != null && inputSize.strip().equals("auto");
  }

  private Size size() {
    if (inputSize == null || isAuto()) {
      return null;
    }
    Matcher sides = SIZE.matcher(inputSize.strip());
    if (!sides.matches()) {
      throw new InvalidValueException(
          "inputSize",
          "takes a height and a width, such as 224 or 480x640, or auto, not " + inputSize);
    }
    int height = Integer.parseInt(sides.group(1));
    return new Size(height, sides.group(2) == null ? height : Integer.parseInt(sides.group(2)));
  }

  private static ChannelValues values(String setting, String text) {
    return text == null ? null : ChannelValues.parse(setting, text);
  }
}
