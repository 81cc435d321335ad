package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.Shared;
import io.fmviz.pipeline.NetworkRequest;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The first look, and what the pad shows: an example, a drawing, a picture, the webcam. */
@EnabledIfEnvironmentVariable(named = Shared.VARIABLE, matches = ".+")
class LiveBeginTest extends LiveTest {
  private static final NetworkRequest DIGITS =
      NetworkRequest.ofCheckpoint(Shared.reference("epoch_0.safetensors").toString(), Path.of("."));

  /** A picture of 200 pixels has it from 93 to 107 and from 40 to 160. */
  private static final Pattern ONES_PLACE =
      Pattern.compile("left: 46\\.5%; top: 20%; width: 7(\\.0*1)?%; height: 60%;");

  private static final List<Integer> BLACK = List.of(0, 0, 0);

  @Test
  void aTestDigitIsAnsweredAndDrawnOver() {
    page.navigate(start(DIGITS));
    assertThat(page.locator("#what"))
        .hasText(Pattern.compile("image 1 of synthetic, labelled \\d: draw over it\\."));
    String label = page.locator("#what").textContent().replaceAll(".*labelled (\\d).*", "$1");
    assertThat(page.locator("#best")).hasText(label);
    assertThat(layer(0).locator(".cells")).isVisible();
    assertThat(layer(7).locator(".cells")).isVisible();
    assertThat(page.locator("#map h3").first()).hasText("Conv2d_1, map 0");
    assertThat(page.locator(".value")).containsText("row ");
    assertThat(page.locator("#pad")).not().hasClass(Pattern.compile("empty"));
    assertThat(page.url()).doesNotContain("#");
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    assertThat(page.locator("#what")).hasText("");
    assertThat(middleOfPad()).isEqualTo(BLACK);
    assertThat(page.url()).contains("#open=0,7&map=0.0&draw=");
    page.goBack();
    assertThat(page.locator("#best")).hasText(label);
    assertThat(page.locator("#what")).containsText("draw over it");
  }

  @Test
  void whatIsFoldedAndClearedStaysSo() {
    page.navigate(start(DIGITS));
    assertThat(page.locator("#what")).containsText("draw over it");
    page.locator("#clear").click();
    assertThat(page.locator("#best")).hasText("Draw a digit");
    layer(0).locator(".fold").click();
    layer(7).locator(".fold").click();
    page.reload();
    assertThat(page.locator("#best")).hasText("Draw a digit");
    assertThat(layer(0).locator(".cells")).isHidden();
    assertThat(page.url()).endsWith("#map=0.0&draw=");
  }

  @Test
  void aNetworkOfPhotographsBeginsWithOne() {
    page.navigate(start(NetworkRequest.ofModel(resource("/onnx/preserved.onnx"))));
    assertThat(page.locator("#what")).hasText("a photograph that comes with fmviz: draw over it.");
    assertThat(page.locator(".headline")).not().containsText("Draw");
    assertThat(page.locator(".value")).containsText("row ");
  }

  @Test
  void thePictureThatWasGivenComesFirst() {
    Path photo = resource("/photo/color.png");
    page.navigate(start(NetworkRequest.ofModel(resource("/onnx/preserved.onnx")), photo));
    assertThat(page.locator("#what")).containsText("color.png: draw over it.");
    assertThat(page.locator(".headline")).not().containsText("Draw");
  }

  @Test
  void aPictureTakesTheDrawingsPlaceAndUndoBringsItBack() throws IOException {
    serve(DIGITS);
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    String drawn = page.url();
    drop(aOne(), "image/png");
    assertThat(page.locator("#what")).hasText("one.png");
    assertThat(page.locator("#best")).hasText("1");
    assertThat(middleOfPad()).isEqualTo(List.of(20, 30, 40));
    assertThat(page.url()).doesNotContain("draw=");
    assertThat(page.locator("#seen p")).containsText("dark and light are exchanged");
    assertThat(page.locator("#pad .box")).hasAttribute("style", ONES_PLACE);
    page.locator("#undo").click();
    assertThat(page.locator("#best")).hasText("7");
    assertThat(page.url()).isEqualTo(drawn);
    assertThat(page.locator("#what")).hasText("");
  }

  @Test
  void whatBecomesOfADrawingIsShownInSteps() {
    serve(DIGITS);
    assertThat(page.locator("#pad .box")).isHidden();
    stroke(0.5, 0.2, 0.5, 0.8);
    assertThat(page.locator("#seen p"))
        .hasText(
            Pattern.compile(
                "28 × 28 pixels, grey: the box around the strokes, made 20 × \\d, stands with its centre of mass in the middle\\."));
    assertThat(page.locator("#pad .box")).isVisible();
    assertThat(page.locator("#seen .box")).isVisible();
    page.locator("#clear").click();
    assertThat(page.locator("#pad .box")).isHidden();
    assertThat(page.locator("#seen p")).hasText("28 × 28 pixels, grey");
  }

  /** Ink on paper. */
  private Path aOne() throws IOException {
    BufferedImage paper = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = paper.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 200, 200);
    pen.setColor(new Color(20, 30, 40));
    pen.fillRect(93, 40, 14, 120);
    pen.dispose();
    Path file = folder.resolve("one.png");
    ImageIO.write(paper, "png", file.toFile());
    return file;
  }

  @Test
  void aPictureThatWasClearedOrDrawnOverComesBack() throws IOException {
    page.navigate(start(DIGITS));
    assertThat(page.locator("#what")).containsText("draw over it");
    String label = page.locator("#best").textContent();
    page.locator("#undo").click();
    assertThat(page.locator("#what")).containsText("draw over it");
    page.locator("#clear").click();
    assertThat(page.locator("#best")).hasText("Draw a digit");
    page.locator("#undo").click();
    assertThat(page.locator("#best")).hasText(label);
    assertThat(page.locator("#what")).containsText("draw over it");
    drop(aOne(), "image/png");
    assertThat(page.locator("#best")).hasText("1");
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    page.goBack();
    assertThat(page.locator("#best")).hasText("1");
    assertThat(page.locator("#what")).hasText("one.png");
  }

  @Test
  void whatIsNoPictureLeavesTheDrawingWhereItIs() throws IOException {
    serve(DIGITS);
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    String drawn = page.url();
    Path text = Files.writeString(folder.resolve("notes.txt"), "no picture");
    drop(text, "text/plain");
    assertThat(page.locator("#status"))
        .containsText("notes.txt was dropped, which is no picture (text/plain).");
    drop(text, "image/png");
    assertThat(page.locator("#status")).containsText("the picture");
    assertThat(takeWrong()).hasSize(1).first().asString().contains("422");
    page.dispatchEvent(
        "#seen", "drop", Map.of("dataTransfer", page.evaluateHandle("() => new DataTransfer()")));
    assertThat(page.locator("#status")).containsText("What was dropped is no file");
    assertThat(page.url()).isEqualTo(drawn);
    assertThat(page.locator("#best")).hasText("7");
  }

  @Test
  void theWebcamsPicturesAreSmallAndOnThePad() {
    serve(DIGITS);
    page.evaluate(
        """
        () => {
          const real = window.fetch;
          window.sizes = [];
          window.fetch = (address, options) => {
            if (address.includes('kind=file')) {
              window.sizes.push(options.body.size);
            }
            return real(address, options);
          };
        }
        """);
    page.locator("#webcam").click();
    assertThat(page.locator("#what")).hasText("The webcam");
    assertThat(page.locator("#pad")).not().hasClass(Pattern.compile("empty"));
    page.waitForTimeout(1000);
    page.locator("#webcam").click();
    assertThat((List<?>) page.evaluate("() => window.sizes"))
        .hasSizeGreaterThan(2)
        .allMatch(bytes -> (Integer) bytes < 10_000);
    drawSeven();
    assertThat(page.locator("#best")).hasText("7");
    assertThat(page.locator("#what")).hasText("");
  }
}
