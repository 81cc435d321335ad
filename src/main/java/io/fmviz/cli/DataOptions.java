package io.fmviz.cli;

import io.fmviz.dataset.DatasetChoice;
import io.fmviz.pipeline.DataRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which images to take. */
final class DataOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      defaultValue = "auto",
      completionCandidates = Names.class,
      converter = Converter.class,
      description = {
        "The images: ${COMPLETION-CANDIDATES}.",
        "auto takes MNIST if it is in the data folder or can be downloaded, else synthetic digits."
      })
  private DatasetChoice dataset;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where IDX files are, or are downloaded to.")
  private Path data;

  DataRequest request() {
    return new DataRequest(dataset, data);
  }

  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(DatasetChoice.values()).map(DatasetChoice::toString).iterator();
    }
  }

  static final class Converter implements ITypeConverter<DatasetChoice> {
    @Override
    public DatasetChoice convert(String value) {
      return Arrays.stream(DatasetChoice.values())
          .filter(c -> c.toString().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is none of %s".formatted(value, String.join(", ", new Names()))));
    }
  }
}
