package io.fmviz.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What lets a browser in. The token stands in the address that is printed, and is good until the
 * server ends; the ticket stands in the one that a browser is started with, where other people of
 * the machine may see it in the list of processes, and is good once. Either is exchanged for the
 * cookie.
 */
final class Secrets {
  private static final int BYTES = 16;

  private final String token = random();
  private final String cookie = random();
  private final AtomicReference<String> ticket = new AtomicReference<>(random());

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String token() {
    return token;
  }

  /** Null once it was used. */
  String ticket() {
    return ticket.get();
  }

  String cookie() {
    return cookie;
  }

  /** Whether what an address holds lets in; a ticket is used up by it. */
  boolean letsIn(String given) {
    String once = ticket.get();
    return equal(token, given)
        || (once != null && equal(once, given) && ticket.compareAndSet(once, null));
  }

  boolean isCookie(String given) {
    return equal(cookie, given);
  }

  /** In a time that tells nothing of where they differ. */
  private static boolean equal(String secret, String given) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
