package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Route;
import io.fmviz.Shared;
import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The classifier that PyTorch trained, drawn for. */
@EnabledIfEnvironmentVariable(named = Shared.VARIABLE, matches = ".+")
class LiveDigitsTest extends LiveTest {
  private String address;

  @BeforeEach
  void serve() {
    address =
        start(
            NetworkRequest.ofCheckpoint(
                Shared.reference("epoch_0.safetensors").toString(), Path.of(".")));
    page.navigate(empty(address));
    assertThat(layer(0)).isVisible();
  }

  @Test
  void aSevenIsDrawnAndTakenApart() {
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    unfold(3);
    assertThat(layer(3).locator(".map")).hasCount(64);
    map(3, 17).click();
    assertThat(page.locator("#map h3").first()).hasText("Conv2d_2, map 17");
    assertThat(page.locator(".value")).containsText(Pattern.compile("row \\d+, column \\d+: "));
    assertThat(page.locator("#map .origin p").first()).containsText("(bias) = ");
    assertThat(page.locator(".term")).hasCount(6);
    assertThat(page.locator(".worth")).containsText("Without this map: still 7");
    assertThat(page.locator("#seen .frame")).isVisible();
    page.locator("#off").click();
    assertThat(page.locator("#off")).hasText("Switch on");
    assertThat(map(3, 17)).hasClass(Pattern.compile("off"));
    assertThat(page.locator("#map .facts")).containsText("switched off");
  }

  @Test
  void aMapsStrongestImagesAreFound() {
    unfold(1);
    map(1, 3).click();
    assertThat(page.locator(".strongest p")).containsText("images of synthetic");
    assertThat(page.locator(".strongest figure").first()).isVisible();
    assertThat(page.locator(".strongest figure")).hasCount(9);
  }

  @Test
  void anInputIsPinnedAndComparedWith() {
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    unfold(1);
    map(1, 3).click();
    page.locator("#pin").click();
    assertThat(page.locator(".pinned")).containsText("pinned: 7");
    page.locator("#clear").click();
    stroke(0.5, 0.2, 0.5, 0.8);
    assertThat(page.locator("#best")).hasText("1");
    assertThat(page.locator(".classes .ghost").first()).isVisible();
    page.locator("#compare").click();
    assertThat(layer(1).locator(".unfolded p:not(.reads)"))
        .hasText(
            Pattern.compile(
                "32 maps; blue is less than pinned, red is more, by up to \\d\\.\\d+ in all of them"));
    assertThat(page.locator(".value"))
        .hasText(
            Pattern.compile("row \\d+, column \\d+: \\S+ \\(pinned \\S+, difference [+-]?\\S+\\)"));
    assertAccessible();
    page.locator("#filter").fill("nothing of that name");
    assertThat(page.locator("#list")).containsText("No layer has such a name or path.");
    assertThat(page.locator("#filter-hint")).isVisible();
    assertAccessible();
    page.locator("#filter").fill("");
    assertThat(page.locator("#map .scale")).hasText(Pattern.compile("-(\\S+) +\\1"));
    page.locator("#pin").click();
    assertThat(page.locator(".pinned")).isHidden();
    assertThat(layer(1).locator(".unfolded p:not(.reads)")).containsText("colours go from");
  }

  @Test
  void theAddressHoldsTheState() {
    drawSeven();
    unfold(4);
    map(4, 9).click();
    page.locator("#off").click();
    page.locator("#tools select").first().selectOption("magma");
    page.locator("#filter").fill("ReLU*");
    assertThat(page.locator("#best")).hasText("7");
    String address = page.url();
    assertThat(address).contains("open=4", "off=4.9", "map=4.9", "colors=magma", "draw=");
    page.reload();
    assertThat(page.locator("#best")).hasText("7");
    assertThat(page.locator("#off")).hasText("Switch on");
    assertThat(layer(4).locator(".cells")).isVisible();
    assertThat(layer(3)).isHidden();
    assertThat(page.url()).isEqualTo(address);
    page.locator("#all-on").click();
    assertThat(page.url()).doesNotContain("off=");
  }

  @Test
  void theKeyboardAloneIsEnough() {
    page.keyboard().press("d");
    assertThat(page.locator("#pad canvas")).isFocused();
    page.keyboard().press("Space");
    for (int i = 0; i < 8; i++) {
      page.keyboard().press("ArrowUp");
    }
    page.keyboard().press("Space");
    page.keyboard().press("l");
    assertThat(layer(0).locator(".fold")).isFocused();
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    assertThat(map(0, 0)).isFocused();
    page.keyboard().press("ArrowRight");
    page.keyboard().press("Enter");
    assertThat(page.locator("#map h3").first()).hasText("Conv2d_1, map 1");
    page.keyboard().press("m");
    assertThat(page.locator("#map h3").first()).hasText("Conv2d_1, map 2");
    page.keyboard().press("o");
    assertThat(page.locator("#off")).hasText("Switch on");
    page.keyboard().press("p");
    assertThat(page.locator("#pin")).hasText("Unpin");
    page.keyboard().press("f");
    assertThat(page.locator("#freeze")).hasAttribute("aria-pressed", "true");
    page.keyboard().press("?");
    assertThat(page.locator("#help")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("#help")).isHidden();
    page.locator(".mapbox canvas").focus();
    page.keyboard().press("ArrowDown");
    assertThat(page.locator(".value")).containsText("row ");
  }

  @Test
  void axeFindsNothing() {
    drawSeven();
    unfold(3);
    map(3, 17).click();
    assertThat(page.locator(".term")).hasCount(6);
    assertThat(page.locator(".strongest figure").first()).isVisible();
    page.locator("#pin").click();
    assertThat(page.locator(".pinned")).containsText("pinned");
    assertAccessible();
    page.keyboard().press("?");
    assertAccessible();
    page.keyboard().press("Escape");
    page.keyboard().press("b");
    assertAccessible();
  }

  @Test
  void axeFindsNothingInTheDark() {
    openDark();
    page.navigate(address);
    assertThat(page.locator(".value")).containsText("row ");
    assertAccessible();
  }

  @Test
  void atTwiceTheSizeNothingIsCutOff() {
    page.setViewportSize(640, 400);
    drawSeven();
    unfold(3);
    map(3, 5).click();
    assertThat(page.locator(".value")).containsText("row ");
    assertThat(
            page.evaluate(
                "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .isEqualTo(true);
    assertAccessible();
  }

  @Test
  void aSavedViewNeedsNothingElse() throws Exception {
    page.setViewportSize(1280, 500);
    drawSeven();
    unfold(3);
    map(3, 5).click();
    assertThat(page.locator(".value")).containsText("row ");
    assertThat(page.locator("#best")).hasText("7");
    Download download = page.waitForDownload(() -> page.locator("#save").click());
    Path file = folder.resolve("view.html");
    download.saveAs(file);
    assertThat(Files.readString(file))
        .contains("data:image/png;base64,", ".live > header {")
        .doesNotContain(
            "<script", "href=", "<input", "<button", address.replaceAll(".*token=", ""));
    page.navigate(file.toUri().toString());
    assertThat(page.locator("#best")).hasText("7");
    assertThat(layer(3).locator("img.grid")).isVisible();
    assertThat(painted(3)).isEqualTo(64 * 14 * 14);
    assertThat(layer(3).locator(".reads").last()).hasText("Reads MaxPool2d_1.");
    assertThat(page.locator("#last .origin")).containsText("(bias) = ");
    assertThat(layer(3).locator(".fold.open")).isVisible();
    assertThat(map(3, 5)).hasAttribute("aria-current", "true");
    assertThat(map(3, 5)).hasCSS("outline-style", "solid");
    assertThat(page.locator("#layers")).hasCSS("overflow-y", "visible");
    assertAccessible();
    assertThat(takeWrong()).containsExactly("requested " + file.toUri());
  }

  @Test
  void aViewIsSavedOnceTheServerHasTime() {
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    AtomicInteger asked = new AtomicInteger();
    page.route(
        "**/api/answer*",
        route -> {
          if (asked.getAndIncrement() == 0) {
            route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("too much to do"));
          } else {
            route.resume();
          }
        });
    Download download = page.waitForDownload(() -> page.locator("#save").click());
    assertThat(download.suggestedFilename()).isEqualTo("epoch_0.safetensors.html");
    assertThat(page.locator("#status")).containsText("too much to do");
    assertThat(takeWrong()).hasSize(1).first().asString().contains("503");
  }

  @Test
  void frozenTheNetworkWaits() {
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    page.locator("#freeze").click();
    page.locator("#clear").click();
    stroke(0.5, 0.2, 0.5, 0.8);
    assertThat(page.locator("#best")).hasText("7");
    page.locator("#freeze").click();
    assertThat(page.locator("#best")).hasText("1");
  }
}
