package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import io.fmviz.Shared;
import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** One value of a map: what makes it, how it is followed down, and the kernel that slides. */
@EnabledIfEnvironmentVariable(named = Shared.VARIABLE, matches = ".+")
class LiveValueTest extends LiveTest {
  private static final NetworkRequest DIGITS =
      NetworkRequest.ofCheckpoint(Shared.reference("epoch_0.safetensors").toString(), Path.of("."));

  private Locator value() {
    return page.locator(".value");
  }

  /** Where all of some elements begin or end, at one time: a new answer makes new ones. */
  private List<Double> sides(String selector, String side) {
    List<?> found =
        (List<?>)
            page.evaluate(
                "([all, side]) => Array.from(document.querySelectorAll(all), e => e.getBoundingClientRect()[side])",
                List.of(selector, side));
    return found.stream().map(each -> ((Number) each).doubleValue()).toList();
  }

  @Test
  void aHeldValuesTermsStandBesideTheMap() {
    page.setViewportSize(1280, 720);
    serve(DIGITS);
    drawSeven();
    unfold(3);
    map(3, 17).click();
    page.locator(".mapbox canvas").click();
    assertThat(page.locator(".term")).hasCount(6);
    BoundingBox map = page.locator(".mapbox").boundingBox();
    double lower = page.locator("#answer").boundingBox().y;
    assertThat(sides(".term", "left")).hasSize(6).allMatch(left -> left > map.x + map.width);
    assertThat(sides(".term", "bottom")).allMatch(bottom -> bottom < lower);
    assertThat(page.locator("#map .scale")).hasText(Pattern.compile("-\\d\\.\\d+ +\\d\\.\\d+"));
    assertAccessible();
  }

  @Test
  void presentedToAClassAllOfItIsInSightToo() {
    page.setViewportSize(1280, 720);
    serve(DIGITS);
    drawSeven();
    unfold(3);
    map(3, 17).click();
    double usual = map(3, 17).boundingBox().width;
    page.locator("#present").click();
    page.locator(".mapbox canvas").click();
    assertThat(page.locator(".term")).hasCount(6);
    double lower = page.locator("#answer").boundingBox().y;
    String all = ".term, .mapbox, #seen .framed, #pad, #sources";
    assertThat(sides(all, "top")).hasSize(10).allMatch(top -> top > 40);
    assertThat(sides(all, "bottom")).allMatch(bottom -> bottom <= lower);
    assertThat(map(3, 17).boundingBox().width).isEqualTo(2 * usual);
    assertAccessible();
  }

  @Test
  void aPooledValueIsFollowedDownToTheSumThatMadeIt() {
    serve(DIGITS);
    drawSeven();
    unfold(2);
    map(2, 5).click();
    assertThat(page.locator("#map .origin"))
        .containsText("the largest of 4 values of the layer before");
    assertThat(page.locator("#map .origin"))
        .containsText(
            Pattern.compile("the largest is ReLU_1, map 5, row \\d+, column \\d+: \\d\\.\\d+"));
    assertThat(page.locator("#map .origin"))
        .containsText(
            Pattern.compile("made from Conv2d_1, map 5, row \\d+, column \\d+: \\d\\.\\d+"));
    assertThat(page.locator("#map .origin")).containsText("(bias) = ");
    Locator down = page.locator("#map .origin > p > .way").last();
    String place = down.textContent().replaceAll("Conv2d_1, map 5, ", "");
    down.click();
    assertThat(page.locator("#map h3").first()).hasText("Conv2d_1, map 5");
    assertThat(value()).hasText(place);
    assertThat(page.locator("#map")).containsText("Held: another click lets go.");
  }

  @Test
  void theColoursOfAPhotographAreCalledSo() {
    page.navigate(start(NetworkRequest.ofModel(resource("/onnx/preserved.onnx"))));
    assertThat(page.locator(".term")).hasCount(3);
    assertThat(page.locator(".term > p").allTextContents())
        .containsExactlyInAnyOrder("red", "green", "blue");
  }

  @Test
  void theKernelSlidesUntilSpace() {
    serve(DIGITS);
    drawSeven();
    unfold(0);
    map(0, 5).click();
    assertThat(value()).containsText("row ");
    page.locator("#play").click();
    assertThat(page.locator("#play")).hasText("Stop");
    assertThat(value()).containsText(Pattern.compile("row 0, column [1-9]"));
    assertThat(page.locator("#seen .frame")).isVisible();
    assertThat(unwritten()).isTrue();
    page.locator("#map h3").first().click();
    page.keyboard().press("Space");
    assertThat(page.locator("#play")).hasText("Go on");
    String stopped = page.locator("#map .spot").getAttribute("style");
    page.waitForTimeout(300);
    assertThat(page.locator("#map .spot").getAttribute("style")).isEqualTo(stopped);
    map(0, 6).click();
    assertThat(page.locator("#play")).hasText("Play");
    page.waitForCondition(() -> !unwritten());
    unfold(1);
    map(1, 6).click();
    assertThat(page.locator("#play")).isHidden();
  }

  /** Whether the map's last value is painted over. */
  private boolean unwritten() {
    return (Boolean)
        page.evaluate(
            """
            () => {
              const canvas = document.querySelector('.mapbox canvas');
              const copy = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
              copy.drawImage(canvas, 0, 0);
              const last = copy.getImageData(canvas.width - 1, canvas.height - 1, 1, 1).data;
              return last[0] === 0x8a && last[1] === 0x93 && last[2] === 0xa0;
            }
            """);
  }

  @Test
  void whoWantsNoMotionSteps() {
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    serve(DIGITS);
    drawSeven();
    unfold(0);
    map(0, 5).click();
    assertThat(page.locator("#play")).hasText("Step");
    page.locator("#play").click();
    assertThat(value()).containsText("row 0, column 0");
    page.keyboard().press("Space");
    assertThat(value()).containsText("row 0, column 1");
    page.waitForTimeout(300);
    assertThat(value()).containsText("row 0, column 1");
  }
}
