package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.fmviz.Shared;
import io.fmviz.pipeline.NetworkRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
        .containsText("fmviz no longer answers. What is looked at is kept");
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

  @Test
  void anIdlePageNoticesAndAPhotographGoesOnToo() throws IOException {
    NetworkRequest network = NetworkRequest.ofModel(resource("/onnx/preserved.onnx"));
    serve(network);
    drop(resource("/photo/color.png"), "image/png");
    assertThat(page.locator("#what")).hasText("color.png");
    String answer = page.locator("#best").textContent();
    assertThat(page.locator("#best")).not().containsText("Draw");
    page.locator("#pin").click();
    assertThat(page.locator(".pinned")).containsText("pinned");
    // An error that nobody has closed stays beside what is said of the server.
    page.dispatchEvent(
        "#seen", "drop", Map.of("dataTransfer", page.evaluateHandle("() => new DataTransfer()")));
    int port = stop();
    assertThat(page.locator("#status .server"))
        .containsText(
            "fmviz no longer answers",
            new LocatorAssertions.ContainsTextOptions().setTimeout(9000));
    assertThat(page.locator("#status")).containsText("What was dropped is no file");
    assertAccessible();
    page.locator("#status button").click();
    assertThat(page.locator("#status")).not().containsText("What was dropped is no file");
    String address = start(network, port);
    page.evaluate("address => { location.href = address; }", address);
    assertThat(page.locator("body")).not().hasClass(Pattern.compile("gone"));
    assertThat(page.locator("#what")).hasText("color.png");
    assertThat(page.locator("#best")).hasText(answer);
    assertThat(page.locator(".pinned")).containsText("pinned");
    takeWrong();
  }

  @Test
  void anAnswerThatTakesLongIsSaid() {
    serve(NETWORK);
    page.evaluate(
        """
        () => {
          const real = window.fetch;
          window.fetch = async (address, options) => {
            while (window.late && address.includes('answer')) {
              await new Promise((resolve) => setTimeout(resolve, 50));
            }
            return window.refuse && address.includes('answer') ? new Response('too much', {status: 500}) : real(address, options);
          };
          window.late = true;
        }
        """);
    drawSeven();
    assertThat(page.locator("#status")).containsText("The network is still at work");
    assertAccessible();
    assertThat(page.locator("body")).hasClass(Pattern.compile("slow"));
    page.evaluate("() => { window.late = false; }");
    assertThat(page.locator("#best")).hasText("7");
    assertThat(page.locator("body")).not().hasClass(Pattern.compile("slow"));
    assertThat(page.locator("#status")).not().containsText("still at work");
    page.evaluate("() => { window.late = window.refuse = true; }");
    page.locator("#clear").click();
    assertThat(page.locator("body")).hasClass(Pattern.compile("slow"));
    page.evaluate("() => { window.late = false; }");
    assertThat(page.locator("#status")).containsText("too much");
    assertThat(page.locator("body")).not().hasClass(Pattern.compile("slow"));
  }

  @Test
  void aPageWhoseServerEndedSaysSo() {
    String address = start(NETWORK);
    page.navigate(address);
    assertThat(page.locator("#best")).not().isEmpty();
    page.route("**/api/network*", Route::abort);
    page.reload();
    assertThat(page.locator("#status"))
        .hasText(
            "fmviz does not answer: is it still running? Start it, and open the address that it prints.");
    takeWrong();
  }
}
