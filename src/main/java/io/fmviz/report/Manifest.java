package io.fmviz.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What lies in an output folder, and where it came from.
 *
 * @param fmviz the version that wrote it
 * @param complete false while pictures are still being written
 * @param options as on the command line
 */
public record Manifest(
    String fmviz,
    boolean complete,
    CheckpointFacts checkpoint,
    DatasetFacts dataset,
    Map<String, Object> options,
    List<Sample> samples) {
  public static final String FILE = "manifest.json";

  /** The only file names that fmviz gives to pictures: a name in a manifest is no path. */
  private static final Pattern PICTURE =
      Pattern.compile("\\d{1,9}-\\d{1,4}/[A-Za-z0-9]{1,64}_\\d{1,9}\\.png");

  /** The checkpoint's file, its SHA-256, and what it says of itself. */
  public record CheckpointFacts(String file, String sha256, Map<String, String> metadata) {}

  /** The dataset that the images are from, and why it stands in for MNIST, if it does. */
  public record DatasetFacts(String name, String split, String fallbackReason) {}

  /**
   * One image.
   *
   * @param index counted from 1
   * @param predicted the class with the largest logit; null while it is not known
   */
  public record Sample(int index, int label, Integer predicted, List<Picture> pictures) {}

  /**
   * One picture. All but its file is null while it is not written.
   *
   * @param file below the folder, with forward slashes
   * @param shape of the layer's output, {@code (1, channel, height, width)}
   * @param minimum of the raw values, like maximum and mean
   */
  public record Picture(
      String file, String layer, long[] shape, Double minimum, Double maximum, Double mean) {}

  /**
   * The picture files that the text of a manifest lists; anything that is no such name is left out.
   */
  public static List<String> pictureFiles(String text) {
    List<String> files = new ArrayList<>();
    try {
      if (JsonParser.parseString(text) instanceof JsonObject manifest) {
        for (JsonElement sample : array(manifest, "samples")) {
          for (JsonElement picture : array(sample, "pictures")) {
            addFile(files, picture);
          }
        }
      }
    } catch (JsonParseException e) {
      return List.of();
    }
    return files;
  }

  private static JsonArray array(JsonElement parent, String name) {
    return parent instanceof JsonObject object && object.get(name) instanceof JsonArray array
        ? array
        : new JsonArray();
  }

  private static void addFile(List<String> files, JsonElement picture) {
    if (picture instanceof JsonObject object
        && object.get("file") != null
        && object.get("file").isJsonPrimitive()) {
      String file = object.get("file").getAsString();
      if (PICTURE.matcher(file).matches()) {
        files.add(file);
      }
    }
  }
}
