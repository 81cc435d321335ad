package io.fmviz.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.base.Sha256;
import io.fmviz.pipeline.Subcommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String END = "</script><script>alert(1)</script>";

  private static String written(Page page, String title, Page.Body body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    page.write(title, out, body);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<String> found(String regex, String text) {
    return Pattern.compile(regex, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  @Test
  void factsNeverEndTheirElement() throws IOException {
    String page =
        written(
            new Page("dead"), END, facts -> facts.json("facts", Map.of(END, List.of("<!--", END))));
    assertThat(page)
        .contains("<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>")
        .contains(
            "<script type=\"application/json\" id=\"facts\">"
                + "{\"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\":"
                + "[\"\\u003c!--\",\"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\"]}"
                + "</script>")
        .doesNotContain("<script>alert");
  }

  @Test
  void bytesStandInBase64() throws IOException {
    String page = written(Page.SAMPLE, "1-7", facts -> facts.bytes("maps-0", new byte[] {1, -1}));
    assertThat(page)
        .contains("<script type=\"application/octet-stream\" id=\"maps-0\">Af8=</script>");
  }

  /** Neither another script nor another style runs in it, and nothing is fetched from elsewhere. */
  @Test
  void thePolicyAllowsThePagesOwnScriptAndStyleOnly() throws IOException {
    String page = written(Page.SAMPLE, "1-7", facts -> {});
    String policy = found("Content-Security-Policy\" content=\"([^\"]*)\"", page).get(0);
    String script = found("<script>(.*?)</script>", page).get(0);
    String style = found("<style>(.*?)</style>", page).get(0);
    assertThat(policy)
        .isEqualTo(
            "default-src 'none'; script-src '%s'; style-src '%s'; img-src 'self' data: file:; base-uri 'none'; form-action 'none'"
                .formatted(hash(script), hash(style)));
    assertThat(found("<(script[^>]*)>", page)).containsExactly("script");
    assertThat(found(" (on[a-z]+|style|src)=", page.replace(script, ""))).isEmpty();
  }

  private static String hash(String text) {
    byte[] hash = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(hash);
  }

  /** Of a page, whose scripts are read in this order. */
  @Test
  void aPageHoldsWhatItsScriptsUse() throws IOException {
    for (Subcommand command : Subcommand.values()) {
      if (command.page().isEmpty()) {
        continue;
      }
      String page = written(command.page().get(), command.toString(), facts -> {});
      List<String> used =
          Pattern.compile("fmviz\\.([a-zA-Z]+)\\(")
              .matcher(page)
              .results()
              .map((MatchResult use) -> use.group(1))
              .distinct()
              .toList();
      assertThat(found("fmviz\\.([a-zA-Z]+) = ", page)).as(command.toString()).containsAll(used);
    }
  }
}
