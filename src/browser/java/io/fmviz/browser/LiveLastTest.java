package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import io.fmviz.Shared;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.pipeline.NetworkRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The last step: means of maps times weights, as a picture that one can point at. */
@EnabledIfEnvironmentVariable(named = Shared.VARIABLE, matches = ".+")
class LiveLastTest extends LiveTest {
  private Locator sum() {
    return page.locator("#last .origin p").first();
  }

  @Test
  void theSumOfTheClassThatIsPointedAtIsWrittenOut() {
    serve(
        NetworkRequest.ofCheckpoint(
            Shared.reference("epoch_0.safetensors").toString(), Path.of(".")));
    drawSeven();
    page.locator("#last").scrollIntoViewIfNeeded();
    assertThat(sum())
        .containsText(Pattern.compile("0: .*\\(122 other maps\\) \\+ .*\\(bias\\) = "));
    assertThat(page.locator("#last .last-names span")).hasCount(10);
    BoundingBox picture = page.locator("canvas.last").boundingBox();
    // The middle of the eighth row, in the first map's column.
    page.mouse().move(picture.x + 0.5, picture.y + 0.75 * picture.height);
    assertThat(sum()).containsText("7: ");
    assertThat(page.locator("#last .origin p").last())
        .containsText(Pattern.compile("map 0: its mean \\S+ times -?\\S+ is -?\\S+ for 7\\."));
    String text = sum().textContent();
    double all = 0;
    var number = Pattern.compile("(-?[\\d.e-]+) \\(").matcher(text);
    while (number.find()) {
      all += Double.parseDouble(number.group(1));
    }
    double logit = Double.parseDouble(text.replaceAll(".* = ", ""));
    assertThat(all).isCloseTo(logit, within(0.01));
    assertThat(logit).isGreaterThan(5);
    page.locator("canvas.last").focus();
    page.keyboard().press("ArrowUp");
    page.keyboard().press("ArrowRight");
    assertThat(sum()).containsText("6: ");
    assertThat(page.locator("#last .origin p").last()).containsText("map 1: its mean");
    assertAccessible();
    page.locator("#last .way").first().click();
    assertThat(page.locator("#map h3").first()).containsText(", map ");
  }

  /** The means that the network takes are not those of the maps any more. */
  @Test
  void whatIsOffBehindTheMapsIsNotCalledBias() {
    page.navigate(
        empty(
                start(
                    NetworkRequest.ofCheckpoint(
                        Shared.reference("epoch_0.safetensors").toString(), Path.of("."))))
            + "&off=8.95");
    drawSeven();
    page.locator("#last").scrollIntoViewIfNeeded();
    assertThat(sum())
        .containsText(
            Pattern.compile("\\(bias\\) \\+ -?\\S+ \\(of maps that are off behind these\\) = "));
    page.locator("#all-on").click();
    assertThat(sum()).not().containsText("behind these");
  }

  @Test
  void aNetworkOfOnesOwnHasItToo() {
    page.navigate(start(NetworkRequest.ofModel(resource("/onnx/preserved.onnx"))));
    page.locator("#last").scrollIntoViewIfNeeded();
    assertThat(sum()).containsText("(bias) = ");
  }

  @Test
  void whatEndsOtherwiseHasNone() throws IOException {
    double[] weights = {1, 2, 3, 4, 5, 6};
    Path file =
        Files.write(
            folder.resolve("largest.onnx"),
            new SmallModel(
                    node("Relu", "r", "x"),
                    node("GlobalMaxPool", "p", "r"),
                    node("Flatten", "f", "p"),
                    node("Gemm", "y", "f", "w"))
                .with(shaped(reals("w", weights), 3, 2))
                .ofPictures(1, 3, 8, 8)
                .bytes());
    serve(NetworkRequest.ofModel(file));
    assertThat(page.locator("#last"))
        .containsText("This network doesn’t end with a mean of maps and one linear layer");
  }
}
