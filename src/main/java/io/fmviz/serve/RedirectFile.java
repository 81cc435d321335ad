package io.fmviz.serve;

import io.fmviz.base.ShutdownHooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A web page that leads to another, in a file that nobody but the user can read, in a folder that
 * nobody else can enter. It goes when it was used, and with the process.
 */
final class RedirectFile implements AutoCloseable {
  private static final int STICKY = 01000;
  private static final int OTHERS_MAY_WRITE = 022;

  private final Path folder;
  private final Path file;
  private final Runnable atEnd = this::delete;

  private RedirectFile(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Makes one.
   *
   * @param address plain: a host, a port, hexadecimal digits
   * @throws IOException if it can't be made, or others could put theirs in its place
   */
  static RedirectFile to(String address, Path temporary) throws IOException {
    boolean isPosix = temporary.getFileSystem().supportedFileAttributeViews().contains("unix");
    if (isPosix) {
      int mode = (Integer) Files.getAttribute(temporary, "unix:mode");
      if ((mode & OTHERS_MAY_WRITE) != 0 && (mode & STICKY) == 0) {
        throw new IOException("others may rename what is in " + temporary);
      }
    }
    Path folder = Files.createTempDirectory(temporary, "fmviz-", only(isPosix, "rwx------"));
    RedirectFile door = new RedirectFile(folder, folder.resolve("open.html"));
    ShutdownHooks.add(door.atEnd);
    try {
      Files.createFile(door.file, only(isPosix, "rw-------"));
      Files.writeString(door.file, page(address), StandardOpenOption.WRITE);
    } catch (IOException e) {
      door.close();
      throw e;
    }
    return door;
  }

  private static FileAttribute<?>[] only(boolean isPosix, String permissions) {
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static String page(String address) {
    return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="referrer" content="no-referrer">
        <meta http-equiv="refresh" content="0; url=%1$s">
        <title>fmviz</title>
        <p><a href="%1$s">To the live page</a></p>
        """
        .formatted(address);
  }

  /** For a browser. */
  String address() {
    return file.toUri().toString();
  }

  @Override
  public void close() {
    ShutdownHooks.remove(atEnd);
    delete();
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // It holds a token that ends with the process.
    }
  }
}
