package io.fmviz.runtime;

import com.sun.security.auth.module.UnixSystem;
import io.fmviz.base.FileNames;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Folders in which libraries may be unpacked, the best first. One that others can change is passed
 * over, and a line says so.
 *
 * @param variable names another folder
 * @param isLight whether what is unpacked is so small that a folder without room is passed over too
 */
record LibraryPlaces(String variable, boolean isLight, List<Path> places) {
  static final String DJL = "DJL_CACHE_DIR";
  static final String ENGINES = "ENGINE_CACHE_DIR";

  /** What a decoder puts in the place of what it doesn't know. */
  private static final String UNKNOWN = "\ufffd";

  /** As DJL takes them, with its variables and names. */
  static LibraryPlaces ofTorch() {
    return ofTorch(System::getenv, System::getProperty);
  }

  /** For libraries of a few megabytes: beside what else fmviz keeps. */
  static LibraryPlaces ofOthers() {
    return ofOthers(System::getenv, System::getProperty);
  }

  /**
   * What it comes from.
   *
   * @param environment the value of a variable, or null
   * @param property that of a system property, or null
   */
  static LibraryPlaces ofTorch(UnaryOperator<String> environment, UnaryOperator<String> property) {
    String told = null;
    for (String name : List.of(ENGINES, DJL)) {
      for (UnaryOperator<String> values : List.of(environment, property)) {
        told = told == null || told.isBlank() ? values.apply(name) : told;
      }
    }
    if (told != null && told.contains(UNKNOWN)) {
      throw FileNames.unknown("the folder that " + DJL + " names");
    }
    Path named = told == null || told.isBlank() ? null : Path.of(told);
    return of(DJL, false, named, home(property.apply("user.home")), temporary(property));
  }

  /** The same for the others. */
  static LibraryPlaces ofOthers(UnaryOperator<String> environment, UnaryOperator<String> property) {
    boolean isKnown =
        Stream.of(
                environment.apply(CacheFolder.NAME),
                environment.apply("XDG_CACHE_HOME"),
                property.apply("user.home"))
            .noneMatch(value -> value != null && value.contains(UNKNOWN));
    Path cache = isKnown ? CacheFolder.of(environment, property) : null;
    Path folder = cache == null ? null : cache.resolve("libraries");
    return of(CacheFolder.NAME, true, folder, temporary(property));
  }

  private static LibraryPlaces of(String variable, boolean isLight, Path... places) {
    return new LibraryPlaces(
        variable, isLight, Stream.of(places).filter(Objects::nonNull).toList());
  }

  /** DJL's folder in a home that can be written; null if there is none. */
  private static Path home(String home) {
    if (home == null || home.contains(UNKNOWN)) {
      return null;
    }
    Path folder = Path.of(home);
    boolean isUsable = folder.isAbsolute() && Files.isDirectory(folder) && Files.isWritable(folder);
    return isUsable ? folder.resolve(".djl.ai") : null;
  }

  /** The user's folder in the system's temporary one, which has everybody's; null on Windows. */
  private static Path temporary(UnaryOperator<String> property) {
    Path temporary = Path.of(property.apply("java.io.tmpdir"));
    try {
      return temporary.resolve("fmviz-" + new UnixSystem().getUid());
    } catch (LinkageError e) {
      return temporary.resolve("fmviz");
    }
  }

  /**
   * Where libraries are.
   *
   * @param passedOver why better places were not taken: others can change them
   */
  record Found(Path folder, List<String> passedOver) {}

  /**
   * The folder of some libraries, where all are as they should be.
   *
   * @return null if they have to be unpacked
   */
  Found found(LibrarySet libraries) {
    List<String> passedOver = new ArrayList<>();
    for (Path place : places) {
      try {
        requireNoLink(place);
        Path folder = libraries.found(place);
        return folder == null ? null : new Found(folder, passedOver);
      } catch (UntrustedFolderException e) {
        passedOver.add(e.getMessage());
      } catch (IOException e) {
        return null; // Who unpacks them says what is wrong.
      }
    }
    return null;
  }

  /**
   * The same, unpacked if need be.
   *
   * @throws UserException if there is no place for them
   */
  Found unpacked(LibrarySet libraries) {
    return first(libraries.title(), libraries.size(), place -> unpacked(libraries, place));
  }

  /** One at a time: a process can't wait for a lock of its own. */
  private static synchronized Path unpacked(LibrarySet libraries, Path place) throws IOException {
    Path found = libraries.found(place);
    return found == null ? libraries.unpacked(place) : found;
  }

  /**
   * A folder for libraries that the jar doesn't hold, so that only whose they are is known of what
   * it holds.
   *
   * @throws UserException if there is no place for it
   */
  Found filled(String title, String name) {
    return first(
        title,
        0,
        place -> {
          Path folder = OwnFolder.make(place.resolve(name));
          OwnFolder.requireAll(folder);
          return folder;
        });
  }

  /** Of the last, in the folder that everybody has: nobody needs a link there. */
  private void requireNoLink(Path place) throws IOException {
    if (place.equals(places.get(places.size() - 1)) && Files.isSymbolicLink(place)) {
      throw new UntrustedFolderException(place + " is a link");
    }
  }

  /** The first place, made. */
  Path made() {
    return first("the PyTorch engine", 0, OwnFolder::make).folder();
  }

  /** Makes a folder in a place. */
  @FunctionalInterface
  private interface Maker {
    Path in(Path place) throws IOException;
  }

  private Found first(String title, long size, Maker maker) {
    List<String> passedOver = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Path place : places) {
      try {
        requireNoLink(place);
        return new Found(maker.in(place), passedOver);
      } catch (UntrustedFolderException e) {
        passedOver.add(e.getMessage());
        reasons.add(e.getMessage());
      } catch (IOException e) {
        reasons.add(UserException.cannotWrite(place, e).getMessage());
      } catch (UserException e) {
        reasons.add(e.getMessage());
      }
      if (!isLight && passedOver.size() < reasons.size()) {
        break;
      }
    }
    String room = size == 0 ? "" : " (it takes %,d MB)".formatted(size / 1_000_000 + 1);
    throw new UserException(
        "%s can't be started from its cache folder %s: %s%s"
            .formatted(title, places.get(0), String.join("; ", reasons), room),
        "set " + variable + " to a folder that can be written",
        null);
  }
}
