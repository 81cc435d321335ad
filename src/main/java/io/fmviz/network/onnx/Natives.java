package io.fmviz.network.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.fmviz.base.AtomicFile;
import io.fmviz.base.UserException;
import io.fmviz.runtime.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * ONNX Runtime's libraries, unpacked once for a user: by itself it would unpack 28 MB at each
 * start, which takes 0.3 s. They are in {@code FMVIZ_CACHE_DIR}, or where the system keeps what can
 * be made again, in a folder that nobody else can write. Where that can't be, ONNX Runtime unpacks
 * its own.
 */
final class Natives {
  /** Where ONNX Runtime looks before it unpacks. */
  static final String PATH = "onnxruntime.native.path";

  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  private Natives() {}

  /** Tells ONNX Runtime where its libraries are; to be called before it is used. */
  static void settle() {
    if (System.getProperty(PATH) != null) {
      return;
    }
    try {
      Path cache = CacheFolder.ofUser();
      if (cache != null) {
        System.setProperty(PATH, unpacked(cache).toString());
      }
    } catch (IOException | UserException | UnsupportedOperationException e) {
      // It goes without: ONNX Runtime unpacks them into a temporary folder.
    }
  }

  /** The folder with the libraries, which are unpacked if they aren't there as they should be. */
  static Path unpacked(Path cache) throws IOException {
    makeOurs(cache);
    String version = OrtEnvironment.class.getPackage().getImplementationVersion();
    Path folder = null;
    for (String library : LIBRARIES) {
      String name = System.mapLibraryName(library);
      URL resource = OrtEnvironment.class.getResource("native/" + platform() + "/" + name);
      if (resource == null || !(resource.openConnection() instanceof JarURLConnection packed)) {
        throw new IOException("no library for this platform");
      }
      JarEntry entry = packed.getJarEntry();
      if (folder == null) {
        String mark = version == null ? Long.toHexString(entry.getCrc()) : version;
        folder = cache.resolve("onnxruntime-" + mark + "-" + platform());
        makeOurs(folder);
      }
      Path file = folder.resolve(name);
      if (!isIntact(file, entry)) {
        AtomicFile.write(file, out -> copy(resource, out));
      }
    }
    return folder;
  }

  private static void copy(URL resource, OutputStream out) throws IOException {
    try (InputStream in = resource.openStream()) {
      in.transferTo(out);
    }
  }

  /** Whether a file is as large as what the jar has, and has its checksum: nothing was cut off. */
  private static boolean isIntact(Path file, JarEntry entry) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) != entry.getSize()) {
      return false;
    }
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return crc.getValue() == entry.getCrc();
  }

  /** As ONNX Runtime calls it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "osx" : system.startsWith("windows") ? "win" : "linux")
        + (processor.equals("aarch64") ? "-aarch64" : "-x64");
  }

  /** Makes a folder that nobody else can write, or checks that one is. */
  private static void makeOurs(Path folder) throws IOException {
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (isPosix) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(folder);
      }
    }
    if (isPosix && !isOurs(folder)) {
      throw new IOException(folder + " can be written by others");
    }
  }

  private static boolean isOurs(Path folder) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    String user = System.getProperty("user.name");
    return !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE)
        && Files.getOwner(folder)
            .equals(
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
  }
}
