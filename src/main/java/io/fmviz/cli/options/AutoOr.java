package io.fmviz.cli.options;

import io.fmviz.image.GridOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number, or {@code auto}. */
final class AutoOr implements ITypeConverter<Integer> {
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
