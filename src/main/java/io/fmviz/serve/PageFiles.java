package io.fmviz.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The page: its files, by the paths under which they are served, and no others. */
final class PageFiles {
  private static final String SHARED = "/io/fmviz/page/";
  private static final String OWN = "/io/fmviz/serve/";

  private static final List<String> STYLES = List.of(SHARED + "style.css", OWN + "live.css");

  /** In the order in which they need each other. */
  static final List<String> SCRIPTS = List.of();

  private PageFiles() {}

  static Map<String, Reply> table() {
    return Map.of(
        "/", Reply.of("text/html; charset=utf-8", bytes(List.of(OWN + "live.html"))),
        "/page.css", Reply.of("text/css; charset=utf-8", bytes(STYLES)),
        "/page.js", Reply.of("text/javascript; charset=utf-8", bytes(SCRIPTS)),
        "/icon.svg", Reply.of("image/svg+xml", bytes(List.of(OWN + "icon.svg"))));
  }

  private static byte[] bytes(List<String> resources) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : resources) {
      try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
        in.transferTo(all);
        all.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toByteArray();
  }
}
