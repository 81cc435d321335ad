package io.fmviz.serve;

import io.fmviz.report.page.Assets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page: its files, by the paths under which they are served, and no others. */
final class PageFiles {
  /** What it needs of the scripts that all pages share, in their order. */
  static final List<String> SHARED =
      List.of("dom.js", "constants.js", "maps.js", "paint.js", "filter.js");

  /** Its own, in the order in which they need each other. */
  static final List<String> OWN =
      List.of(
          "door.js",
          "ask.js",
          "state.js",
          "status.js",
          "difference.js",
          "pad.js",
          "sources.js",
          "seen.js",
          "tree.js",
          "kinds.js",
          "row.js",
          "layers.js",
          "origin.js",
          "strongest.js",
          "slide.js",
          "chosen.js",
          "last.js",
          "answer.js",
          "keys.js",
          "save.js",
          "live.js");

  /** What its own scripts must know of answers. */
  static final String CONSTANTS = Assets.constant("answerFormat", Answer.FORMAT);

  private PageFiles() {}

  static Map<String, Reply> table() {
    return Map.of(
        "/", text("text/html", own("live.html")),
        "/page.css", text("text/css", Assets.compact(Assets.text(Assets.STYLE) + own("live.css"))),
        "/page.js", text("text/javascript", scripts()),
        "/icon.svg", text("image/svg+xml", own("icon.svg")));
  }

  private static String scripts() {
    return Assets.compact(
        Assets.joined(SHARED)
            + CONSTANTS
            + OWN.stream().map(PageFiles::own).collect(Collectors.joining()));
  }

  private static Reply text(String type, String text) {
    return Reply.of(type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String own(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
