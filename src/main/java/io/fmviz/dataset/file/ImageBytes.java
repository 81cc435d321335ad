package io.fmviz.dataset.file;

import java.io.InterruptedIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file's bytes in memory, for the JDK's decoders: its own stream of them would copy them again.
 */
final class ImageBytes extends ImageInputStreamImpl {
  private final byte[] bytes;

  ImageBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      // Nobody waits for the picture any more.
      throw new InterruptedIOException("reading it was given up");
    }
    bitOffset = 0;
    if (streamPos >= bytes.length && length > 0) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
