package io.fmviz.report.page;

import io.fmviz.base.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The pages that the page of a folder leads to. They stand in an element of their own at the
 * beginning of it, so that they can be brought up to date when other pages come or go.
 *
 * @param above whether the folder above has one
 * @param beside the names of folders beside this one that have one
 * @param below the names of folders in this one that have one
 */
public record PageLinks(boolean above, List<String> beside, List<String> below) {
  private static final String ID = "links";
  private static final String BEGIN = Page.Facts.element("application/json", ID);

  /** The shell before it has some 30 KB. */
  private static final int MOST_BEFORE = 1 << 20;

  /** Writes them as the first facts of a page. */
  public void writeTo(Page.Facts facts) throws IOException {
    facts.json(ID, this);
  }

  /**
   * A page with these links in place of those that it has.
   *
   * @return nothing where it has these, or no such element
   */
  public Optional<AtomicFile.Content> in(Path page) throws IOException {
    String start;
    try (InputStream in = Files.newInputStream(page)) {
      start = new String(in.readNBytes(MOST_BEFORE), StandardCharsets.ISO_8859_1);
    }
    int from = start.indexOf(BEGIN) + BEGIN.length();
    int to = start.indexOf('<', from);
    byte[] links = Page.Facts.json(this);
    if (from < BEGIN.length()
        || to < 0
        || start.substring(from, to).equals(new String(links, StandardCharsets.ISO_8859_1))) {
      return Optional.empty();
    }
    return Optional.of(
        out -> {
          try (InputStream in = Files.newInputStream(page)) {
            out.write(in.readNBytes(from));
            out.write(links);
            in.skipNBytes(to - from);
            in.transferTo(out);
          }
        });
  }
}
