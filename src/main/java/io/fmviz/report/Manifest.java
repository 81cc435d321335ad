package io.fmviz.report;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.fmviz.base.Unwrapped;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lies in an output folder, and where it came from.
 *
 * @param fmviz the version that wrote it
 * @param command that wrote it, {@code visualize}
 * @param complete false while files are still being written
 * @param network that the files tell of
 * @param dataset null for a command that looks at no images
 * @param options as on the command line
 * @param details what the command found, a record, or a list of such; null while it is not known
 * @param earlier files of the run before, which are being removed: until they are, none of the
 *     files is this run's; null when they are gone
 * @param files every file that the command wrote or is to write, below the folder and with forward
 *     slashes: the next run removes these; they stand last, as only the details, while they are
 *     made, tell which came to be
 */
public record Manifest(
    String fmviz,
    String command,
    boolean complete,
    @Unwrapped NetworkFacts network,
    DatasetFacts dataset,
    Map<String, Object> options,
    Object details,
    List<String> earlier,
    List<String> files) {
  /** With no files of an earlier run. */
  public Manifest(
      String fmviz,
      String command,
      boolean complete,
      NetworkFacts network,
      DatasetFacts dataset,
      Map<String, Object> options,
      Object details,
      List<String> files) {
    this(fmviz, command, complete, network, dataset, options, details, null, files);
  }

  /** The same while files of an earlier run are being removed. */
  public Manifest after(List<String> earlierFiles) {
    return new Manifest(
        fmviz, command, complete, network, dataset, options, details, earlierFiles, files);
  }

  public static final String FILE = "manifest.json";

  /** Beyond ASCII all that is seen. */
  private static final String PART =
      "[A-Za-z0-9][A-Za-z0-9_-[^\\p{ASCII}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]]{0,99}";

  /** The only file names that fmviz gives to its files: a name in a manifest is no path. */
  private static final Pattern NAME =
      Pattern.compile(
          "(%1$s/)?(index\\.html|%1$s\\.(png|gif|npy|npz))|passed-over\\.txt".formatted(PART));

  private static final Set<String> FILES = Set.of("earlier", "files");

  /** A checkpoint, or an ONNX model; null for the one that it isn't. */
  public record NetworkFacts(CheckpointFacts checkpoint, CheckpointFacts model) {}

  /**
   * The network's file, its SHA-256, what it says of itself, what its answer is if not classes with
   * logits, which of several outputs that is, and how many of its weights are NaN or infinite; null
   * for none.
   */
  public record CheckpointFacts(
      String file,
      String sha256,
      Map<String, String> metadata,
      String answer,
      String output,
      Long weightsNotANumber) {}

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

  /** Whether a text is a manifest of fmviz's; reads it to its end, and holds none of it. */
  public static boolean isManifest(Reader text) throws IOException {
    return filesOf(text, name -> {});
  }

  /** Whether a text is a manifest of fmviz's that lists a file. */
  public static boolean lists(String file, Reader text) throws IOException {
    boolean[] listed = {false};
    return filesOf(text, name -> listed[0] |= name.equals(file)) && listed[0];
  }

  /**
   * The files that the text of a manifest lists, those of an earlier run too; anything that is no
   * such name is left out.
   */
  public static List<String> filesOf(Reader text) throws IOException {
    List<String> files = new ArrayList<>();
    return filesOf(text, files::add) ? files : List.of();
  }

  /**
   * Tells of the listed files.
   *
   * @return whether it is a manifest of fmviz's, which only its end shows
   */
  private static boolean filesOf(Reader text, Consumer<String> file) throws IOException {
    Set<String> needed = new HashSet<>(Set.of("fmviz", "command", "files"));
    try {
      JsonReader json = new JsonReader(text);
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        needed.remove(name);
        if (!FILES.contains(name)) {
          json.skipValue();
        } else if (json.peek() == JsonToken.BEGIN_ARRAY) {
          names(json, file);
        } else {
          return false;
        }
      }
      json.endObject();
      return json.peek() == JsonToken.END_DOCUMENT && needed.isEmpty();
    } catch (MalformedJsonException | EOFException | IllegalStateException e) {
      // A file of somebody else's that has this name.
      return false;
    }
  }

  private static void names(JsonReader json, Consumer<String> file) throws IOException {
    Matcher name = NAME.matcher("");
    json.beginArray();
    while (json.hasNext()) {
      if (json.peek() != JsonToken.STRING) {
        json.skipValue();
        continue;
      }
      String listed = json.nextString();
      if (name.reset(listed).matches()) {
        file.accept(listed);
      }
    }
    json.endArray();
  }
}
