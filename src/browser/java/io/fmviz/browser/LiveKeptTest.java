package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.fmviz.Shared;
import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What a person has drawn and chosen is kept: in the address, through steps back, when frozen. */
@EnabledIfEnvironmentVariable(named = Shared.VARIABLE, matches = ".+")
class LiveKeptTest extends LiveTest {
  @BeforeEach
  void serve() {
    serve(
        NetworkRequest.ofCheckpoint(
            Shared.reference("epoch_0.safetensors").toString(), Path.of(".")));
  }

  /** A slow hand makes points that are each next to the one before. */
  @Test
  void aSlowStrokeIsWholeInTheAddress() {
    double[] round = new double[2 * 401];
    for (int i = 0; i <= 400; i++) {
      round[2 * i] = 0.5 + 0.25 * Math.sin(2 * Math.PI * i / 400);
      round[2 * i + 1] = 0.5 - 0.35 * Math.cos(2 * Math.PI * i / 400);
    }
    slowly(round);
    assertThat(page.locator("#best")).hasText("0");
    page.reload();
    assertThat(page.locator("#best")).hasText("0");
  }

  private void slowly(double... places) {
    var pad = page.locator("#pad canvas").boundingBox();
    page.mouse().move(pad.x + places[0] * pad.width, pad.y + places[1] * pad.height);
    page.mouse().down();
    for (int i = 2; i < places.length; i += 2) {
      page.mouse().move(pad.x + places[i] * pad.width, pad.y + places[i + 1] * pad.height);
    }
    page.mouse().up();
  }

  @Test
  void whatIsClearedComesBack() {
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    page.locator("#clear").click();
    assertThat(page.locator(".headline")).containsText("Draw a digit");
    page.keyboard().press("Control+z");
    assertThat(page.locator("#best")).hasText("7");
    page.locator("#clear").click();
    page.locator("#undo").click();
    assertThat(page.locator("#best")).hasText("7");
  }

  @Test
  void frozenItIsTheSameInputWhateverIsLookedAt() {
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    page.locator("#freeze").click();
    page.locator("#clear").click();
    stroke(0.5, 0.2, 0.5, 0.8);
    unfold(1);
    map(1, 3).click();
    assertThat(page.locator(".worth")).containsText("Without this map: ");
    assertThat(page.locator("#best")).hasText("7");
    page.locator("#freeze").click();
    assertThat(page.locator("#best")).hasText("1");
  }

  @Test
  void backAndForwardGoThroughWhatWasChosen() {
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    unfold(1);
    map(1, 3).click();
    assertThat(page.locator("#map h3").first()).hasText("ReLU_1, map 3");
    page.locator("#clear").click();
    assertThat(page.locator(".headline")).containsText("Draw a digit");
    page.goBack();
    assertThat(page.locator("#best")).hasText("7");
    assertThat(layer(1).locator(".cells")).isVisible();
    page.goBack();
    assertThat(page.locator("#map h3").first()).isHidden();
    assertThat(page.locator("#seen .frame")).isHidden();
    page.goBack();
    assertThat(layer(1).locator(".cells")).isHidden();
    page.goForward();
    assertThat(layer(1).locator(".cells")).isVisible();
  }

  @Test
  void anAddressThatIsOpenedInTheSameTabAppliesWhole() {
    drawSeven();
    unfold(4);
    map(4, 9).click();
    page.locator("#off").click();
    assertThat(page.locator("#off")).hasText("Switch on");
    String hash = page.url().replaceAll(".*#", "#");
    page.locator("#all-on").click();
    page.locator("#clear").click();
    layer(4).locator(".fold").click();
    assertThat(layer(4).locator(".cells")).isHidden();
    page.evaluate("hash => { location.hash = hash; }", hash);
    assertThat(page.locator("#best")).hasText("7");
    assertThat(layer(4).locator(".cells")).isVisible();
    assertThat(page.locator("#off")).hasText("Switch on");
    assertThat(page.locator("#all-on")).isVisible();
  }

  @Test
  void aClickHoldsAValueAndATermLeadsToItsMap() {
    drawSeven();
    unfold(3);
    map(3, 17).click();
    var large = page.locator(".mapbox canvas");
    large.click(new Locator.ClickOptions().setPosition(37, 37));
    assertThat(page.locator("#map")).containsText("Held: another click lets go.");
    assertThat(page.locator(".value")).containsText("row 2, column 2: ");
    String value = page.locator(".value").textContent();
    large.hover(new Locator.HoverOptions().setPosition(100, 20));
    page.locator("#map h3").first().hover();
    assertThat(page.locator(".value")).hasText(value);
    String term = page.locator(".term .way").first().textContent();
    page.locator(".term .way").first().click();
    assertThat(page.locator("#map h3").first()).hasText("MaxPool2d_1, " + term);
    assertThat(page.locator("#map")).containsText("A click holds this value.");
  }

  @Test
  void theLargestOfAPoolingIsMarked() {
    drawSeven();
    unfold(2);
    map(2, 0).click();
    assertThat(page.locator("#map .origin p").first())
        .hasText("the largest of 4 values of the layer before");
    assertThat(page.locator(".numbers .largest")).hasCount(1);
  }

  @Test
  void whatIsPinnedKeepsItsMapsAndTheBarsTheirPlace() {
    drawSeven();
    unfold(4);
    map(4, 9).click();
    assertThat(page.locator(".worth")).containsText("Without this map: ");
    double left = page.locator(".classes").boundingBox().x;
    double width = page.locator(".classes").boundingBox().width;
    List<String> pinned = new ArrayList<>();
    page.onRequest(
        request -> {
          if (request.url().contains("part=pinned")) {
            pinned.add(request.url());
          }
        });
    page.locator("#pin").click();
    assertThat(page.locator(".pinned")).containsText("pinned: 7");
    page.locator("#off").click();
    assertThat(page.locator("#off")).hasText("Switch on");
    assertThat(page.locator("#all-on")).isVisible();
    page.locator("#compare").click();
    assertThat(layer(4).locator(".unfolded p:not(.reads)"))
        .containsText("64 maps; blue is less than pinned, red is more, by up to ");
    assertThat(page.locator(".classes").boundingBox().x).isEqualTo(left);
    assertThat(page.locator(".classes").boundingBox().width).isEqualTo(width);
    assertThat(pinned).isNotEmpty().noneMatch(url -> url.contains("off="));
  }

  @Test
  void aGlobMatchesAPartOfAPath() {
    page.locator("#filter").fill("n?t");
    assertThat(layer(0)).isVisible();
    page.locator("#filter").fill("net.?");
    assertThat(layer(0)).isVisible();
    page.locator("#filter").fill("nothing*");
    assertThat(layer(0)).isHidden();
    assertThat(page.url()).contains("filter=nothing*");
  }
}
