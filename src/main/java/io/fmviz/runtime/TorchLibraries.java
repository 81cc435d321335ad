package io.fmviz.runtime;

import io.fmviz.base.Threads;
import io.fmviz.base.UserException;
import io.fmviz.base.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.FutureTask;

/**
 * libtorch, and DJL's bridge to it: in DJL's folder, unpacked and looked at by fmviz. DJL would
 * take what it finds there.
 *
 * <p>Where the jar has none, as when it is built for CUDA, DJL downloads them, or they are where
 * {@code PYTORCH_LIBRARY_PATH} says; there is nothing to compare them with, and only whose they are
 * is looked at.
 */
final class TorchLibraries {
  private static final String TITLE = "the PyTorch engine";
  private static final String PATH = "PYTORCH_LIBRARY_PATH";
  private static final String FLAVOR = "PYTORCH_FLAVOR";
  private static final String VERSION = "PYTORCH_VERSION";

  /** Half a second of one processor: begun while there is other work. */
  private static final FutureTask<LibraryPlaces.Found> FOUND =
      new FutureTask<>(
          () -> {
            LibrarySet libraries = ofJar();
            return libraries == null ? null : LibraryPlaces.ofTorch().found(libraries);
          });

  private TorchLibraries() {}

  /** Begins to compare what is there with the jar. */
  static void ahead() {
    Thread thread = new Thread(FOUND, "fmviz-check-libtorch");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Without a home folder DJL would keep what it downloads where anybody may have put something
   * before; it gets a folder of the user's.
   */
  static void settleDownloads() {
    LibraryPlaces places = LibraryPlaces.ofTorch();
    if (places.places().size() == 1) {
      System.setProperty(LibraryPlaces.DJL, places.made().toString());
    }
  }

  /**
   * Tells DJL where they are; to be called before it is used.
   *
   * @throws UserException if there is no folder for them that others can't change
   */
  static void settle() {
    LibraryPlaces places = LibraryPlaces.ofTorch();
    String told = value(PATH, null);
    LibrarySet libraries = ofJar();
    if (libraries == null) {
      requireOwn(places, told);
      return;
    }
    FOUND.run();
    LibraryPlaces.Found found = Threads.result(FOUND);
    if (found == null) {
      found = places.unpacked(libraries);
    }
    NativeLibraries.say(TITLE, found);
    System.setProperty(PATH, found.folder().toString());
    System.setProperty(FLAVOR, "cpu");
  }

  private static void requireOwn(LibraryPlaces places, String told) {
    if (told != null) {
      NativeLibraries.requireOwn(TITLE, told, System.mapLibraryName("torch"));
    }
    LibraryPlaces.Found found = places.filled(TITLE, "pytorch");
    String place = found.folder().getParent().toString();
    if (!found.passedOver().isEmpty() && System.getenv(LibraryPlaces.ENGINES) != null) {
      throw new UserException(
          TITLE + " isn't loaded: " + found.passedOver().get(0),
          "set %s to a folder that only you can write".formatted(LibraryPlaces.ENGINES),
          null);
    }
    NativeLibraries.say(TITLE, found);
    // Outranks the variable that names a folder which others can change.
    System.setProperty(LibraryPlaces.ENGINES, place);
  }

  /** Those of the jar; null if it has none for this machine, or another's are wanted. */
  private static LibrarySet ofJar() {
    Properties built = properties();
    if (built == null
        || value(PATH, null) != null
        || !value(VERSION, built.getProperty("version")).equals(built.getProperty("version"))
        || !platform().equals(built.getProperty("classifier"))) {
      return null;
    }
    String flavor = built.getProperty("flavor");
    String folder = flavor + "/" + platform() + "/";
    List<Library> libraries = new ArrayList<>();
    for (String file : built.getProperty("libraries").split(",", -1)) {
      libraries.add(Library.of("pytorch/" + folder + file, file));
    }
    String bridge = System.mapLibraryName("djl_torch");
    libraries.add(
        Library.of(
            "jnilib/" + platform() + "/" + flavor + "/" + bridge,
            Versions.get().djl() + "-" + bridge));
    String name = "%s-%s-%s".formatted(built.getProperty("version"), flavor, platform());
    return libraries.stream().anyMatch(Objects::isNull)
        ? null
        : new LibrarySet(TITLE, "pytorch/" + name, libraries);
  }

  /** A variable's value, as DJL finds it. */
  private static String value(String name, String otherwise) {
    String environment = System.getenv(name);
    String value = environment == null ? System.getProperty(name) : environment;
    return value == null || value.isEmpty() ? otherwise : value;
  }

  /** What the natives in the jar say of themselves; null without any. */
  private static Properties properties() {
    try (InputStream in = Library.class.getResourceAsStream("/native/lib/pytorch.properties")) {
      if (in == null) {
        return null;
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.containsKey("libraries") ? properties : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As DJL calls it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "osx" : system.startsWith("windows") ? "win" : "linux")
        + (processor.equals("amd64") ? "-x86_64" : "-" + processor);
  }
}
