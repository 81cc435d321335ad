package io.fmviz.runtime;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.FolderLock;
import io.fmviz.base.Sha256;
import io.fmviz.base.Threads;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Native libraries of the jar's that are loaded together, unpacked once for a user into a folder.
 *
 * <p>Whose code would run decides where: a folder that others can change is passed over. And at
 * each start every byte is compared with what the jar holds, before anything is loaded: a disk that
 * was full, a loss of power, or somebody who could write there once may have left something else.
 *
 * @param title what people call them
 * @param name of the folder, below a place
 * @param libraries all that the folder may hold
 */
record LibrarySet(String title, String name, List<Library> libraries) {
  /** What is loaded by being there; DJL's bridges of other versions are not. */
  private static final Pattern LOADED =
      Pattern.compile("(?!.*djl_torch\\.)(.*\\.(so(\\.\\d+)*|dll|dylib|jnilib))");

  /** Bytes that all of them take. */
  long size() {
    return libraries.stream().mapToLong(Library::size).sum();
  }

  /**
   * The folder in a place, where all of them are as they should be.
   *
   * @return null if some have to be unpacked
   * @throws UntrustedFolderException if others can change it
   * @throws IOException if it can't be read
   */
  Path found(Path place) throws IOException {
    try {
      Path folder = OwnFolder.require(place.resolve(name));
      requireNoOther(folder);
      return damaged(folder).isEmpty() ? folder : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * The same folder, where what is missing or damaged was unpacked. Whoever else unpacks there is
   * waited for; what one that was killed has left goes.
   */
  Path unpacked(Path place) throws IOException {
    Path folder = OwnFolder.make(place.resolve(name));
    requireNoOther(folder);
    Path above = folder.getParent();
    FolderLock lock = FolderLock.awaited(above);
    try {
      for (Library library : damaged(folder)) {
        // Not beside the others: who finds those whole loads what is there.
        AtomicFile.writeBy(above, folder.resolve(library.name()), library::copyTo);
      }
    } finally {
      lock.close();
    }
    List<Library> damaged = damaged(folder);
    if (!damaged.isEmpty()) {
      throw new IOException(
          "%s isn't what it was when fmviz was built: build or copy the jar again"
              .formatted(damaged.get(0).resource()));
    }
    return folder;
  }

  /** Those that a folder doesn't hold as the jar does, or that others can change. */
  List<Library> damaged(Path folder) throws IOException {
    List<Checked> checks = new ArrayList<>();
    List<Library> damaged = new ArrayList<>();
    for (Library library : libraries) {
      Path file = folder.resolve(library.name());
      if (isSound(file, library)) {
        checks.add(new Checked(library, file, new byte[library.pieces()][]));
      } else {
        damaged.add(library);
      }
    }
    hash(checks);
    checks.stream().filter(c -> !c.isRight()).forEach(c -> damaged.add(c.library));
    return damaged;
  }

  private static boolean isSound(Path file, Library library) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      OwnFolder.requireOwn(file);
      return found.isRegularFile() && found.size() == library.size();
    } catch (NoSuchFileException | UntrustedFolderException e) {
      return false;
    }
  }

  /** A library's file, and the hashes of its pieces. */
  private record Checked(Library library, Path file, byte[][] pieces) {
    boolean isRight() {
      MessageDigest all = Sha256.digest();
      for (byte[] piece : pieces) {
        all.update(piece);
      }
      return HexFormat.of().formatHex(all.digest()).equals(library.digest());
    }
  }

  /** Hashes pieces on all processors: libtorch has 446 MB. */
  private static void hash(List<Checked> checks) throws IOException {
    List<Callable<Void>> work = new ArrayList<>();
    List<FileChannel> open = new ArrayList<>();
    try {
      for (Checked check : checks) {
        FileChannel file =
            FileChannel.open(check.file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        open.add(file);
        for (int i = 0; i < check.pieces.length; i++) {
          int piece = i;
          work.add(
              () -> {
                check.pieces[piece] = check.library.piece(file, piece);
                return null;
              });
        }
      }
      inTurn(work);
    } finally {
      for (FileChannel file : open) {
        file.close();
      }
    }
  }

  /** Does work on this thread and on one more for each further processor. */
  private static void inTurn(List<Callable<Void>> work) {
    AtomicInteger next = new AtomicInteger();
    Callable<Void> share =
        () -> {
          for (int i = next.getAndIncrement(); i < work.size(); i = next.getAndIncrement()) {
            work.get(i).call();
          }
          return null;
        };
    List<FutureTask<Void>> shares = new ArrayList<>();
    for (int i = 0; i < Math.min(Runtime.getRuntime().availableProcessors(), work.size()); i++) {
      shares.add(new FutureTask<>(share));
    }
    for (FutureTask<Void> one : shares.subList(Math.min(1, shares.size()), shares.size())) {
      Thread thread = new Thread(one, "fmviz-check-libraries");
      thread.setDaemon(true);
      thread.start();
    }
    if (!shares.isEmpty()) {
      shares.get(0).run();
    }
    shares.forEach(Threads::result);
  }

  private void requireNoOther(Path folder) throws IOException {
    List<String> known = libraries.stream().map(Library::name).toList();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String found = file.getFileName().toString();
        boolean loaded = LOADED.matcher(found).matches() || Files.isDirectory(file);
        if (loaded && !known.contains(found)) {
          throw new UntrustedFolderException(file + " is not one of the jar's libraries");
        }
      }
    }
  }
}
