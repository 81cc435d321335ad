package io.fmviz.serve;

import io.fmviz.dataset.Images;
import io.fmviz.pipeline.PictureReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pictures that pages sent lately, as the network takes them. Several threads may ask. */
final class SentPictures {
  /** Of pixels; some hundreds of drawings. */
  private static final long MOST_VALUES = 1 << 24;

  private static final int MOST = 256;

  private final PictureReader reader;
  private final Map<Long, Sent> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long values;
  private long last;

  /**
   * One of them.
   *
   * @param images of one
   */
  record Sent(long number, Images images) {}

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

  private synchronized Sent keep(Images images) {
    Sent sent = new Sent(++last, images);
    kept.put(sent.number(), sent);
    values += images.size();
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
