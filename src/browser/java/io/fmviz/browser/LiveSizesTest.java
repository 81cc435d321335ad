package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import io.fmviz.Shared;
import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on screens of all sizes, in a person's own colours, and on paper. */
@EnabledIfEnvironmentVariable(named = Shared.VARIABLE, matches = ".+")
class LiveSizesTest extends LiveTest {
  @BeforeEach
  void serve() {
    serve(
        NetworkRequest.ofCheckpoint(
            Shared.reference("epoch_0.safetensors").toString(), Path.of(".")));
  }

  /** A laptop's, a tablet's, telephones', twice the size, and a beamer's. */
  @ParameterizedTest
  @CsvSource({"1280, 720", "1024, 600", "768, 1024", "640, 400", "390, 844", "360, 740"})
  void theAnswerIsInSightAndNothingIsCutOff(int width, int height) {
    page.setViewportSize(width, height);
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    assertIsInSight("#best", height);
    unfold(3);
    map(3, 5).click();
    assertThat(page.locator(".value")).containsText("row ");
    assertIsInSight("#best", height);
    assertIsInSight("#map h3", height);
    assertFitsInWidth();
    page.keyboard().press("b");
    assertFitsInWidth();
    page.keyboard().press("b");
    assertAccessible();
  }

  private void assertIsInSight(String selector, int height) {
    page.waitForFunction(
        "([selector, height]) => { const box ="
            + " document.querySelector(selector).getBoundingClientRect(); return box.top >= 0 &&"
            + " box.bottom <= height; }",
        new Object[] {selector, height});
  }

  private void assertFitsInWidth() {
    Object beyond =
        page.evaluate(
            "() => Array.from(document.querySelectorAll('header, section, .head, .head > *, #answer"
                + " *')).filter(each => each.checkVisibility() &&"
                + " each.getBoundingClientRect().right > innerWidth + 1).map(each => each.className"
                + " || each.id)");
    assertThat(beyond).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).isEmpty();
  }

  @Test
  void inAPersonsOwnColoursBarsAndButtonsAreSeen() {
    page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    page.locator("#freeze").click();
    String background =
        "selector => getComputedStyle(document.querySelector(selector)).backgroundColor";
    assertThat(page.evaluate(background, ".likeliest .fill"))
        .isNotEqualTo(page.evaluate(background, "body"));
    assertThat(page.evaluate(background, "#freeze"))
        .isNotEqualTo(page.evaluate(background, "#pin"));
  }

  @Test
  void onPaperAllLayersAreThere() {
    unfold(1);
    page.emulateMedia(
        new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
    assertThat(page.locator("#tools")).isHidden();
    assertThat(
            page.evaluate(
                "() => document.getElementById('layers').scrollHeight <="
                    + " document.getElementById('layers').clientHeight + 1"))
        .isEqualTo(true);
  }
}
