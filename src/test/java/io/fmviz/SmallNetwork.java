package io.fmviz;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.network.torch.SavedClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fixture's network as a checkpoint, and what commands make of it. */
public final class SmallNetwork {
  private SmallNetwork() {}

  /** The network of the fixture, as a checkpoint in a folder. */
  public static Path checkpoint(Path folder, String name, String prefix) {
    Path file = folder.resolve(name + ".safetensors");
    Map<String, float[]> weights = new LinkedHashMap<>();
    TorchFixture.WIDTHS
        .parameterShapes()
        .forEach((tensor, shape) -> weights.put(tensor, TorchFixture.floats(prefix + tensor)));
    CheckpointInfo info =
        new CheckpointInfo(
            0,
            new CheckpointInfo.LearnedFrom("synthetic", false, 12, 12),
            new CheckpointInfo.Settings(7, 0.01f, 4, 12, 1, "cpu"),
            2.3,
            0.1,
            "0.0.0-test");
    SavedClassifier.of(file, TorchFixture.WIDTHS, weights, info).write();
    return file;
  }

  /** The files below a folder, by name. */
  public static List<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(f -> Files.isRegularFile(f) && !f.getFileName().toString().startsWith("."))
          .map(f -> folder.relativize(f).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** The manifest of a folder. */
  public static JsonObject manifest(Path folder) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("manifest.json")))
        .getAsJsonObject();
  }

  /** Options with the synthetic digits, unless they are of pictures. */
  public static String data(String options) {
    return options.contains("--image ") ? options : "--dataset synthetic " + options;
  }
}
