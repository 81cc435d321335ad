package io.fmviz.cli.options;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Takes the constants of an enum by the names that they print.
 *
 * @param type whose {@code toString} is the name on the command line
 */
public record NameConverter<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {
  /** Has a command take all enums of its options by these names. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // that the type is an enum is seen at run time
  public static void register(CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      Class<?> type = option.auxiliaryTypes()[0];
      if (type.isEnum()) {
        command.registerConverter((Class) type, new NameConverter(type));
      }
    }
  }

  @Override
  public E convert(String value) {
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> constant.toString().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is none of %s"
                        .formatted(
                            value,
                            Arrays.stream(constants)
                                .map(Enum::toString)
                                .collect(Collectors.joining(", ")))));
  }
}
