package io.fmviz.cli.options;

import io.fmviz.base.Settings;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.pipeline.PicturesRequest;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which of a user's pictures to look at. */
@Under(Heading.IMAGES)
public final class OwnImageOptions {
  @Option(
      names = "--image",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Your own pictures instead of a dataset's images: files, or folders of them, whose subfolders are classes; PNG, JPEG, GIF, BMP, WebP or TIFF (default: none).")
  private List<Path> files;

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description =
          "The network's class names in its order, one per line, or as JSON, YAML or Python's text, such as transformers' id2label or ultralytics' data.yaml (default: what the network says).")
  private Path classNames;

  @Option(
      names = "--invert",
      negatable = true,
      description =
          "The digits of --image are dark strokes on a light background, or light ones on a dark background (default: what each file shows).")
  private Boolean invert;

  /** The pictures; null for none. */
  public PicturesRequest request() {
    if (files == null) {
      Usage.refuse("invert", invert, Settings.named("is for the digits of {image}"));
      Usage.refuse("classNames", classNames, Settings.named("is for the pictures of {image}"));
      return null;
    }
    return new PicturesRequest(files, classNames, invert);
  }
}
