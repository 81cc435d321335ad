package io.fmviz.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What lets in, until the server is stopping. It stands behind the # of the address that is
 * printed, which no browser sends to any server; the page keeps it where other origins, be it
 * another port of the same host, can't read it, and sends it as a header.
 */
final class Token {
  private static final int BYTES = 16;

  private final String text;
  private final CountDownLatch used = new CountDownLatch(1);

  Token() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    text = HexFormat.of().formatHex(bytes);
  }

  String text() {
    return text;
  }

  /** Whether a text is it, in a time that tells nothing of where they differ. */
  boolean is(String given) {
    boolean is =
        MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    if (is) {
      used.countDown();
    }
    return is;
  }

  /** Waits until somebody was let in; false if nobody was for so long. */
  boolean isUsedWithin(long seconds) throws InterruptedException {
    return used.await(seconds, TimeUnit.SECONDS);
  }
}
