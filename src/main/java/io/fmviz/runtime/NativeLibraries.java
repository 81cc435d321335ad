package io.fmviz.runtime;

import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Small libraries: unpacked once, looked at before each load, and told to who loads them. */
public final class NativeLibraries {
  /** Properties that were told. */
  private static final Set<String> DONE = new HashSet<>();

  private static final Set<String> SAID = new HashSet<>();

  private NativeLibraries() {}

  /**
   * Tells a library's loader where its files are; to be called before it is used. Where a person
   * has told it already, that folder's owner and rights are looked at.
   *
   * @param title what people call it
   * @param property that its loader reads
   * @param prefix of the folder's name
   * @param resources paths in the jar; those that it doesn't hold are left out
   * @throws UserException if there is no folder for them that others can't change
   */
  public static synchronized void settle(
      String title, String property, String prefix, List<String> resources) {
    if (DONE.contains(property)) {
      return;
    }
    String told = System.getProperty(property);
    if (told != null) {
      requireOwn(title, told, "");
    } else {
      List<Library> libraries =
          resources.stream().map(NativeLibraries::library).filter(Objects::nonNull).toList();
      if (!libraries.isEmpty()) {
        LibrarySet set = new LibrarySet(title, prefix + "-" + mark(libraries), libraries);
        LibraryPlaces.Found found = LibraryPlaces.ofOthers().unpacked(set);
        say(title, found);
        System.setProperty(property, found.folder().toString());
      }
    }
    DONE.add(property);
  }

  private static Library library(String resource) {
    return Library.of(resource, resource.substring(resource.lastIndexOf('/') + 1));
  }

  /** Tells other versions' folders apart. */
  private static String mark(List<Library> libraries) {
    MessageDigest digest = Sha256.digest();
    libraries.forEach(l -> digest.update(l.digest().getBytes(StandardCharsets.US_ASCII)));
    return Sha256.text(digest).substring(0, 12);
  }

  /** Says which folders were not taken, and why: each reason once. */
  static synchronized void say(String title, LibraryPlaces.Found found) {
    for (String reason : found.passedOver()) {
      if (SAID.add(reason)) {
        System.err.println(
            UserException.plain(
                "fmviz: WARNING: %s; %s is loaded from %s instead"
                    .formatted(reason, title, found.folder())));
      }
    }
  }

  /**
   * Looks at folders that a person names, where the jar knows nothing to compare with.
   *
   * @param path folders, as in PATH, or files in them
   * @param file that a folder must hold to be looked at
   * @throws UserException if others can change one
   */
  static void requireOwn(String title, String path, String file) {
    for (String named : path.split(File.pathSeparator, -1)) {
      Path folder = Path.of(named).toAbsolutePath();
      folder = Files.isRegularFile(folder) ? folder.getParent() : folder;
      try {
        if (Files.isDirectory(folder) && Files.exists(folder.resolve(file))) {
          OwnFolder.requireAll(folder);
        }
      } catch (UntrustedFolderException e) {
        throw new UserException(
            "%s isn't loaded from %s: %s".formatted(title, folder, e.getMessage()),
            "copy its libraries into a folder that only you can write, and name that",
            e);
      } catch (IOException e) {
        throw UserException.cannotRead(folder, e);
      }
    }
  }
}
