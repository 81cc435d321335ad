package io.fmviz.serve;

import io.fmviz.dataset.Images;
import io.fmviz.pipeline.PictureReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The pictures that pages sent lately, as the network takes them. Several threads may ask. */
final class SentPictures {
  /** Of pixels; some hundreds of drawings. */
  private static final long MOST_VALUES = 1 << 24;

  private static final int MOST = 256;
  private static final int HIGHEST_FIRST = 900_000_000;

  private final PictureReader reader;
  private final Map<Long, Sent> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long values;

  /** Not from 1 on: a page that outlives a server must not meet another's pictures by number. */
  private long last = ThreadLocalRandom.current().nextInt(HIGHEST_FIRST);

  /**
   * One of them.
   *
   * @param one the picture
   */
  record Sent(long number, PictureReader.One one) {
    /** A set of one. */
    Images images() {
      return one.images();
    }
  }

  SentPictures(PictureReader reader) {
    this.reader = reader;
  }

  /** What was drawn: light on dark, {@code (height, width)} bytes. */
  Sent drawn(byte[] gray, int height, int width) {
    Query.refuseUnless(
        gray.length == height * width,
        "a drawing of %d x %d has as many bytes".formatted(height, width));
    return keep(reader.drawn(gray, height, width));
  }

  /** A picture file's bytes. */
  Sent file(byte[] bytes) {
    return keep(reader.file(bytes));
  }

  /** One that the server has. */
  synchronized Sent keep(PictureReader.One one) {
    Sent sent = new Sent(++last, one);
    kept.put(sent.number(), sent);
    values += one.images().size();
    Iterator<Sent> oldest = kept.values().iterator();
    while ((values > MOST_VALUES || kept.size() > MOST) && kept.size() > 1) {
      values -= oldest.next().images().size();
      oldest.remove();
    }
    return sent;
  }

  /** One that is still kept. */
  synchronized Sent get(long number) {
    Sent sent = kept.get(number);
    if (sent == null) {
      throw new Refusal(410, "this picture is no longer kept: send it again");
    }
    return sent;
  }
}
