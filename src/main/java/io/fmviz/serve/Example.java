package io.fmviz.serve;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.network.Network;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.PictureReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a page begins with: the first picture that fmviz was given, else a digit of the test set, or
 * a photograph that comes with fmviz.
 *
 * @param one the picture
 * @param text what it is, for people: {@code image 1 of mnist, a 7}
 */
record Example(PictureReader.One one, String text) {
  /** Of a user's pictures so many are tried, until one can be read. */
  private static final int TRIED = 10;

  /**
   * The one for a network; null where there is none.
   *
   * @param own a user's pictures; null for none
   */
  static Example of(Network network, DataRequest data, OpenedImages own) {
    if (own != null) {
      return first(own);
    }
    PictureReader reader = new PictureReader(network.input().reading());
    return reader.isOfDigits()
        ? first(OpenedImages.onDisk(data))
        : new Example(reader.file(photograph()), "a photograph that comes with fmviz");
  }

  /** One that is made when it is first asked for: a server starts without it. */
  static final class Later {
    private final Supplier<Example> making;
    private Example made;
    private boolean isMade;

    Later(Supplier<Example> making) {
      this.making = making;
    }

    /** The example; null where there is none. */
    synchronized Example get() {
      if (!isMade) {
        isMade = true;
        try {
          made = making.get();
        } catch (UserException e) {
          // A page begins without it; the search for the strongest images says what is wrong.
        }
      }
      return made;
    }
  }

  private static Example first(OpenedImages opened) {
    Images images = opened.images();
    for (int i = 0; i < Math.min(TRIED, images.count()); i++) {
      try {
        images.picture(i);
        return new Example(
            new PictureReader.One(new OneImage(images, i), null), opened.one(i) + shown(opened, i));
      } catch (UserException e) {
        // The next one, perhaps; a search for the strongest images says which can't be read.
      }
    }
    return null;
  }

  private static String shown(OpenedImages opened, int index) {
    Integer label = opened.label(index);
    List<String> names = opened.classNames();
    return label == null
        ? ""
        : ", labelled " + (label < names.size() ? names.get(label) : label.toString());
  }

  private static byte[] photograph() {
    try (InputStream in = Example.class.getResourceAsStream("example.jpg")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
