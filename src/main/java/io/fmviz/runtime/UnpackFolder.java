package io.fmviz.runtime;

import io.fmviz.base.FileNames;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where DJL and JNA unpack their libraries. Below the home folder, if there is one; where there is
 * none, as in a container whose user no list knows, JNA would make a folder {@code ?} in the
 * working folder, and DJL would take what anybody may have put into the system's temporary folder.
 * They get a folder there that is the user's alone.
 */
final class UnpackFolder {
  static final String DJL = "DJL_CACHE_DIR";
  static final String JNA = "jna.tmpdir";
  private static final String HINT = "set DJL_CACHE_DIR to a folder that can be written";
  private static final Set<PosixFilePermission> OURS_ALONE =
      PosixFilePermissions.fromString("rwx------");

  /** What a decoder puts in the place of what it doesn't know. */
  private static final String UNKNOWN = "\ufffd";

  private static boolean settled;

  private UnpackFolder() {}

  /**
   * Tells both; to be called before either is used.
   *
   * @throws UserException if there is no place that is safe
   */
  static synchronized void settle() {
    if (!settled) {
      settings(System::getenv, System::getProperty).forEach(System::setProperty);
      settled = true;
    }
  }

  /**
   * The system properties to set.
   *
   * @param environment the value of a variable, or null
   * @param property that of a system property, or null
   */
  static Map<String, String> settings(
      UnaryOperator<String> environment, UnaryOperator<String> property) {
    String told = given(environment.apply(DJL), property.apply(DJL));
    if (told != null && told.contains(UNKNOWN)) {
      throw FileNames.unknown("the folder that DJL_CACHE_DIR names");
    }
    String jna = given(property.apply(JNA), null);
    String cache = given(environment.apply("XDG_CACHE_HOME"), "");
    Map<String, String> settings = new LinkedHashMap<>();
    boolean home = isUsable(property.apply("user.home"));
    if (home && !cache.contains(UNKNOWN)) {
      return settings;
    }
    String temporary = property.apply("java.io.tmpdir");
    if (!home && told == null && isPosix()) {
      temporary = ofUser(Path.of(temporary)).toString();
      settings.put(DJL, temporary);
    }
    if (jna == null) {
      settings.put(JNA, temporary);
    }
    return settings;
  }

  private static String given(String value, String otherwise) {
    return value == null || value.isBlank() ? otherwise : value;
  }

  private static boolean isPosix() {
    return Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  private static boolean isUsable(String home) {
    if (home == null || home.contains(UNKNOWN)) {
      return false;
    }
    Path folder = Path.of(home);
    return folder.isAbsolute() && Files.isDirectory(folder) && Files.isWritable(folder);
  }

  private static Path ofUser(Path temporary) {
    try {
      int user = user(temporary);
      Path folder = temporary.resolve("fmviz-" + user);
      try {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OURS_ALONE));
      } catch (FileAlreadyExistsException e) {
        requireOurs(folder, user);
      }
      return folder;
    } catch (IOException e) {
      throw new UserException(
          "there is no home folder to unpack libtorch into, and %s can't be written: %s"
              .formatted(temporary, UserException.reason(e)),
          HINT,
          e);
    }
  }

  /** The number of the user, who need not have a name. */
  private static int user(Path temporary) throws IOException {
    Path ours = Files.createTempFile(temporary, "fmviz", null);
    try {
      return (Integer) Files.getAttribute(ours, "unix:uid");
    } finally {
      Files.delete(ours);
    }
  }

  private static void requireOurs(Path folder, int user) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!found.isDirectory() || !found.permissions().equals(OURS_ALONE) || !owner.equals(user)) {
      throw new UserException(
          "there is no home folder to unpack libtorch into, and %s is no folder of yours alone"
              .formatted(folder),
          HINT,
          null);
    }
  }
}
