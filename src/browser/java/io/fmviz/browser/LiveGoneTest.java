package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.Shared;
import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The server ends while somebody draws, and is started anew. */
@EnabledIfEnvironmentVariable(named = Shared.VARIABLE, matches = ".+")
class LiveGoneTest extends LiveTest {
  private static final NetworkRequest NETWORK =
      NetworkRequest.ofCheckpoint(Shared.reference("epoch_0.safetensors").toString(), Path.of("."));

  @Test
  void isSaidAtOnceAndTheDrawingGoesOnWithTheNextOne() {
    serve(NETWORK);
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    int port = stop();
    page.locator("#clear").click();
    stroke(0.5, 0.2, 0.5, 0.8);
    assertThat(page.locator("#status"))
        .containsText("fmviz no longer answers. What is drawn is kept");
    assertThat(page.locator("body")).hasClass(Pattern.compile("gone"));
    String address = start(NETWORK, port);
    assertThat(page.locator("#status"))
        .containsText("fmviz was started anew: open the address that it printed in this tab");
    assertThat(takeWrong()).isNotEmpty();
    page.evaluate("address => { location.href = address; }", address);
    assertThat(page.locator("#best")).hasText("1");
    assertThat(page.locator("body")).not().hasClass(Pattern.compile("gone"));
    assertThat(page.locator("#status")).hasText(Pattern.compile("\\s*"));
    takeWrong();
  }
}
