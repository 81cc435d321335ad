package io.fmviz.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lies in an output folder, and where it came from.
 *
 * @param fmviz the version that wrote it
 * @param command that wrote it, {@code visualize}
 * @param complete false while files are still being written
 * @param checkpoint that the files tell of
 * @param dataset null for a command that looks at no images
 * @param options as on the command line
 * @param files every file that the command wrote or is to write, below the folder and with forward
 *     slashes: the next run removes these
 * @param details what the command found, a record, or a list or iterator of such; null while it is
 *     not known
 */
public record Manifest(
    String fmviz,
    String command,
    boolean complete,
    CheckpointFacts checkpoint,
    DatasetFacts dataset,
    Map<String, Object> options,
    List<String> files,
    Object details) {
  public static final String FILE = "manifest.json";

  /** The only file names that fmviz gives to its files: a name in a manifest is no path. */
  private static final Pattern NAME =
      Pattern.compile(
          "([A-Za-z0-9][A-Za-z0-9_-]{0,99}/)?[A-Za-z0-9][A-Za-z0-9_-]{0,99}\\.(png|gif|npy|npz)");

  /**
   * The checkpoint's file, its SHA-256, what it says of itself, and how many of its weights are NaN
   * or infinite; null for none.
   */
  public record CheckpointFacts(
      String file, String sha256, Map<String, String> metadata, Long weightsNotANumber) {}

  /** The dataset that the images are from, and why it stands in for MNIST, if it does. */
  public record DatasetFacts(String name, String split, String fallbackReason) {}

  public Manifest {
    Matcher name = NAME.matcher("");
    for (String file : files) {
      if (!name.reset(file).matches()) {
        throw new IllegalArgumentException(file + " is no name of a file of fmviz's");
      }
    }
  }

  /** Whether a text is a manifest of fmviz's. */
  public static boolean isManifest(String text) {
    return !listed(text).isJsonNull();
  }

  /** The files that the text of a manifest lists; anything that is no such name is left out. */
  public static List<String> filesOf(String text) {
    List<String> files = new ArrayList<>();
    if (listed(text) instanceof JsonArray listed) {
      for (JsonElement file : listed) {
        if (file.isJsonPrimitive() && NAME.matcher(file.getAsString()).matches()) {
          files.add(file.getAsString());
        }
      }
    }
    return files;
  }

  /** The list of files in a manifest of fmviz's; JSON's null for any other text. */
  private static JsonElement listed(String text) {
    try {
      if (JsonParser.parseString(text) instanceof JsonObject manifest
          && manifest.has("fmviz")
          && manifest.has("command")
          && manifest.get("files") instanceof JsonArray files) {
        return files;
      }
    } catch (JsonParseException e) {
      // A file of somebody else's that has this name.
    }
    return JsonNull.INSTANCE;
  }
}
