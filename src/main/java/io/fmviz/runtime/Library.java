package io.fmviz.runtime;

import io.fmviz.base.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/**
 * A native library that the jar holds.
 *
 * @param resource its path in the jar
 * @param name its file's, unpacked
 * @param size in bytes
 * @param digest SHA-256 of the SHA-256s of its {@link #PIECE pieces}, in hexadecimal
 */
record Library(String resource, String name, long size, String digest) {
  /** What one thread hashes in one go, in bytes. */
  static final int PIECE = 4 << 20;

  private static final int BUFFER = 1 << 18;

  /** Of each line three words: digest, size, and the path in the jar. */
  private static final String LIST = "libraries.txt";

  /** A library that the class path holds; null if it doesn't. */
  static Library of(String resource, String name) {
    if (Library.class.getResource("/" + resource) == null) {
      return null;
    }
    String[] known = Known.LIBRARIES.get(resource);
    if (known != null) {
      return new Library(resource, name, Long.parseLong(known[1]), known[0]);
    }
    // A platform that the list doesn't know: slower, but right.
    try (InputStream in = Library.class.getResourceAsStream("/" + resource)) {
      return measured(resource, name, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same from its bytes: seconds for libtorch. */
  static Library measured(String resource, String name, InputStream in) throws IOException {
    MessageDigest all = Sha256.digest();
    long size = 0;
    for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
      all.update(Sha256.digest().digest(piece));
      size += piece.length;
    }
    return new Library(resource, name, size, Sha256.text(all));
  }

  int pieces() {
    return (int) ((size + PIECE - 1) / PIECE);
  }

  /** The SHA-256 of one piece of a file; of what there is, where the file ends before. */
  byte[] piece(FileChannel file, int index) throws IOException {
    MessageDigest digest = Sha256.digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long end = Math.min(size, (index + 1L) * PIECE);
    for (long at = (long) index * PIECE; at < end; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER, end - at));
      if (file.read(buffer, at) <= 0) {
        break;
      }
      buffer.flip();
      digest.update(buffer);
      buffer.rewind();
    }
    return digest.digest();
  }

  void copyTo(OutputStream out) throws IOException {
    try (InputStream in = Library.class.getResourceAsStream("/" + resource)) {
      in.transferTo(out);
    }
  }

  /** Read when it is first needed. */
  private static final class Known {
    static final Map<String, String[]> LIBRARIES = new HashMap<>();

    static {
      try (InputStream in = Library.class.getResourceAsStream(LIST);
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] words = line.split(" ", 3);
          LIBRARIES.put(words[2], words);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
