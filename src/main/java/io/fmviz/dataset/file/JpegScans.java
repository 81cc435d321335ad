package io.fmviz.dataset.file;

import java.io.IOException;
import java.io.InputStream;

/**
 * How much work a JPEG is, from its markers alone: each of its scans goes over all pixels, also one
 * of no bytes, and a progressive one of a kilobyte can have a hundred of them (ITU-T T.81, B.1).
 */
final class JpegScans {
  private static final int START_OF_SCAN = 0xda;
  private static final int END = 0xd9;
  private static final int PIECE = 1 << 16;

  private final InputStream in;
  private final byte[] piece = new byte[PIECE];
  private int at;
  private int length;

  /** Whether segments are passed over as they say how long they are. */
  private final boolean isJpeg;

  private boolean isProgressive;
  private int components;
  private long whole;
  private long tiles = 1;
  private long pixels;
  private long scans;
  private long work;

  private JpegScans(InputStream in, boolean isJpeg) {
    this.in = in;
    this.isJpeg = isJpeg;
  }

  /** How many pixels the scans of a JPEG go over, of each the picture's. */
  static long work(InputStream jpeg) throws IOException {
    return new JpegScans(jpeg, true).read();
  }

  /**
   * The same of the JPEGs within a file of another format; 0 if there are none. Each may stand for
   * all of a picture's tiles.
   *
   * @param most the picture's pixels
   */
  static long within(InputStream file, long most, long tiles) throws IOException {
    JpegScans inner = new JpegScans(file, false);
    inner.whole = most;
    inner.pixels = most;
    inner.tiles = tiles;
    return inner.read();
  }

  private long read() throws IOException {
    int code = marker();
    while (code >= 0 && !(isJpeg && (code == END || isOver()))) {
      if (isFrame(code)) {
        frame(code);
      } else if (code == START_OF_SCAN) {
        scan();
      } else if (isJpeg && hasLength(code)) {
        skip(twoBytes() - 2);
      }
      code = marker();
    }
    return Math.max(work, Math.multiplyExact(scans, pixels));
  }

  /** The decoder reads no further where the first scan has all components, and is the only one. */
  private boolean isOver() {
    return scans == 1 && components == 0 && !isProgressive;
  }

  private static boolean isFrame(int code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
  }

  /** Those without are the start, the restarts within a scan, and 0x01. */
  private static boolean hasLength(int code) {
    return code > 1 && (code < 0xd0 || code > 0xd8);
  }

  private void frame(int code) throws IOException {
    int size = twoBytes();
    next(); // bits of a sample
    long area = (long) twoBytes() * twoBytes();
    components = Math.max(0, next());
    isProgressive = (code & 3) == 2;
    if (isJpeg) {
      skip(size - 8);
    } else {
      work = Math.max(work, Math.multiplyExact(scans, pixels));
      scans = 0;
    }
    pixels = Math.max(whole, Math.multiplyExact(area, tiles));
  }

  private void scan() throws IOException {
    int size = twoBytes();
    components -= Math.max(0, next());
    scans++;
    if (isJpeg) {
      skip(size - 3);
    }
  }

  /** The code of the next marker; -1 at the end. */
  private int marker() throws IOException {
    int before = 0;
    int value = next();
    while (value >= 0 && !(before == 0xff && value != 0 && value != 0xff)) {
      before = value;
      value = next();
    }
    return value;
  }

  private int twoBytes() throws IOException {
    return Math.max(0, next()) << 8 | Math.max(0, next());
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count && next() >= 0; i++) {
      // Nothing in there is a marker.
    }
  }

  private int next() throws IOException {
    if (at == length) {
      at = 0;
      length = in.read(piece);
      if (length <= 0) {
        length = 0;
        return -1;
      }
    }
    return piece[at++] & 0xff;
  }
}
