package io.fmviz.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of files and buffers. */
public final class Sha256 {
  private Sha256() {}

  /** The hash of a file's bytes, in lower-case hexadecimal. */
  public static String of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = digest();
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return text(digest);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }

  /** The hash of the remaining bytes of some buffers, one after the other; uses them up. */
  public static String of(List<ByteBuffer> buffers) {
    MessageDigest digest = digest();
    buffers.forEach(digest::update);
    return text(digest);
  }

  /** The hash of a text's bytes in UTF-8, in lower-case hexadecimal. */
  public static String of(String text) {
    return of(List.of(StandardCharsets.UTF_8.encode(text)));
  }

  /** The hash of what was told to it, in lower-case hexadecimal. */
  public static String text(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** For bytes that come piece by piece. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
