package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.image.GridOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How many maps, or kernels, stand in a row. */
@Under(Heading.DRAWING)
final class RowOption {
  @Option(
      names = "--nrow",
      paramLabel = "N|auto",
      converter = Count.class,
      completionCandidates = Words.Auto.class,
      description =
          "Maps in a row; auto, as many as make a picture near square (default: 8 for the classifier, auto for others).")
  Integer nrow;

  /** A number, or {@code auto}. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.equals("auto")) {
        return GridOptions.AUTO;
      }
      try {
        return Integer.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not an int");
      }
    }
  }
}
