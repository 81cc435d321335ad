package io.fmviz.report.page;

import io.fmviz.base.Sha256;
import io.fmviz.report.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of page. A page is one file that works from a folder and asks for nothing but pictures
 * beside it: a shell, the style sheet, its scripts, and the facts that these show. Facts are JSON
 * and base64 in elements that no browser runs; all that a person reads is made from them as text. A
 * content security policy allows these scripts and this style sheet, by their hashes, and nothing
 * else.
 */
public final class Page {
  /** Of one image, by {@code visualize}. */
  public static final Page SAMPLE =
      new Page(
          "constants",
          "maps",
          "paint",
          "histogram",
          "bars",
          "filter",
          "layers",
          "overlay",
          "large",
          "full",
          "sample");

  /** The file's name, in whatever folder. */
  public static final String FILE = "index.html";

  private static final int BUFFER = 1 << 13;

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '%s'; style-src '%s'; img-src 'self' data: file:; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>""";

  private static final String STYLED = "</title>\n<style>%s</style>\n</head>\n";

  private static final String BODY =
      """
      <body>
      <a class="skip" href="#main">To the content</a>
      <header class="top" id="top"></header>
      <main id="main"><noscript><p>This page is drawn by its own scripts: allow scripts to see it.</p></noscript></main>
      """;

  private final List<String> scripts;

  /** What stands around the title and the facts; made once, and the same in every page. */
  private Shell shell;

  private record Shell(byte[] head, byte[] look, byte[] tail) {}

  /**
   * With scripts of which the last shows it all.
   *
   * @param scripts the names of their files, without {@code .js}
   */
  public Page(String... scripts) {
    this.scripts =
        Stream.concat(Stream.of("dom", "shell"), Stream.of(scripts))
            .map(script -> script + ".js")
            .toList();
  }

  /** Writes the facts of a page. */
  @FunctionalInterface
  public interface Body {
    void writeTo(Facts facts) throws IOException;
  }

  /**
   * Writes a page; the stream is left open.
   *
   * @param title plain text
   * @param body called once
   */
  public void write(String title, OutputStream out, Body body) throws IOException {
    Facts facts = facts(out);
    facts.begin(title);
    body.writeTo(facts);
    facts.end();
  }

  /** What a page holds, to be written one by one; the stream is left open. */
  public Facts facts(OutputStream out) {
    return new Facts(shell(), new BufferedOutputStream(out, BUFFER));
  }

  private synchronized Shell shell() {
    if (shell == null) {
      String style = Assets.compact(Assets.text(Assets.STYLE));
      String script = Assets.compact(Assets.joined(scripts));
      shell =
          new Shell(
              utf8(HEAD.formatted(hash(script), hash(style))),
              utf8(STYLED.formatted(style) + BODY),
              utf8("<script>" + script + "</script>\n</body>\n</html>\n"));
    }
    return shell;
  }

  private static String hash(String text) {
    return "sha256-" + Base64.getEncoder().encodeToString(Sha256.digest().digest(utf8(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The facts of one page, in elements that its scripts look up. */
  public static final class Facts {
    private final Shell around;
    private final OutputStream out;

    private Facts(Shell around, OutputStream out) {
      this.around = around;
      this.out = out;
    }

    /**
     * Begins the page.
     *
     * @param title plain text
     */
    public void begin(String title) throws IOException {
      out.write(around.head());
      out.write(utf8(escaped(title)));
      out.write(around.look());
    }

    /** Ends the page. */
    public void end() throws IOException {
      out.write(around.tail());
      out.flush();
    }

    /**
     * Facts as JSON.
     *
     * @param id of the element, of letters, digits and {@code -}
     */
    public void json(String id, Object facts) throws IOException {
      out.write(utf8(element("application/json", id)));
      out.write(json(facts));
      endElement();
    }

    static byte[] json(Object facts) {
      // Only strings hold a <; with it escaped they can't end the element.
      return utf8(Json.line(facts).replace("<", "\\u003c"));
    }

    /** Bytes as base64. */
    public void bytes(String id, byte[] bytes) throws IOException {
      out.write(utf8(element("application/octet-stream", id)));
      out.write(Base64.getEncoder().encode(bytes));
      endElement();
    }

    static String element(String type, String id) {
      return "<script type=\"%s\" id=\"%s\">".formatted(type, id);
    }

    private void endElement() throws IOException {
      out.write(utf8("</script>\n"));
    }
  }
}
