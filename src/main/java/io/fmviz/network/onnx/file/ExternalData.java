package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the values of a tensor are that has them in a file of its own.
 *
 * @param location of that file, from the model's folder on
 * @param length in bytes; -1 for all that follow
 */
public record ExternalData(String location, long offset, long length) {
  static ExternalData of(List<StringStringEntryProto> entries) {
    String location = "";
    long offset = 0;
    long length = -1;
    for (StringStringEntryProto entry : entries) {
      switch (entry.getKey()) {
        case "location" -> location = entry.getValue();
        case "offset" -> offset = number(entry.getValue());
        case "length" -> length = number(entry.getValue());
        default -> {}
      }
    }
    return new ExternalData(location, offset, length);
  }

  private static long number(String text) {
    try {
      return Math.max(0, Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The files that a model's tensors are in, each once, in the order of the tensors. */
  public static List<String> files(ModelProto model) {
    return all(model).map(ExternalData::location).distinct().toList();
  }

  /**
   * Checks that all files are there, and within the model's folder: a model may come from anybody,
   * and is not to read what else is on the disk.
   */
  public static void check(ModelProto model, Path file) {
    all(model).forEach(data -> data.check(file));
  }

  private static Stream<ExternalData> all(ModelProto model) {
    return AllTensors.of(model).stream()
        .filter(tensor -> tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL)
        .map(tensor -> of(tensor.getExternalDataList()));
  }

  private void check(Path model) {
    Path folder = model.toAbsolutePath().getParent();
    try {
      Path file = folder.resolve(location).normalize();
      if (location.isEmpty() || !file.startsWith(folder.normalize())) {
        throw outside(model);
      }
      if (!Files.isRegularFile(file)) {
        throw new UserException(
            "%s keeps its weights in %s, which is not there: put it beside the model"
                .formatted(model, location));
      }
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw outside(model);
      }
      long size = Files.size(file);
      if (offset > size || length > size - offset) {
        throw new UserException(
            "%s, with the weights of %s, is cut short: copy it again".formatted(file, model));
      }
    } catch (InvalidPathException e) {
      throw outside(model);
    } catch (IOException e) {
      throw UserException.cannotRead(model, e);
    }
  }

  private UserException outside(Path model) {
    return new UserException(
        "%s wants weights from \"%s\", outside its folder: export it with its weights beside it"
            .formatted(model, location));
  }
}
