package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maps that are smaller in a page than they are: 64 of 224 x 224, which the page has as 112 x 112.
 */
class FullMapsTest extends BrowserTest {
  private static final int SIDE = 224;
  private static final int GAP = 2;

  private static final String IN_FULL =
      "in full, from Conv2d_1.png, in its colours: coolwarm from ";
  private static final String SMALLER =
      "at 112 × 112, so that the page stays small: each pixel is the mean of 2 × 2 values";

  /** Whether no picture has the first layer's maps, after the page itself has asked. */
  private static final String IS_NOT_THERE =
      "() => fmviz.fullPicture(fmviz.facts('facts').inFull[0]).then(image => image === null)";

  @TempDir private static Path folder;

  /** The folder of one photograph. */
  private static Path home;

  @BeforeAll
  static void makePages() throws IOException {
    Made.photographs(folder.resolve("photos"));
    Made.wideModel(folder);
    Made.run(
        folder,
        "visualize --quiet --model $DIR/wide.onnx --image $DIR/photos/bee --out $DIR/out"
            .split(" ", -1));
    home = Made.pages(folder.resolve("out")).get(0).getParent();
  }

  private Locator openMap(Path file, int map) {
    openFile(file);
    page.locator("summary", new Page.LocatorOptions().setHasText("Conv2d_1")).click();
    page.locator("button.map").nth(map).click();
    return page.getByRole(AriaRole.DIALOG);
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** As many pixels as the map has values, each as a square of so many by so many. */
  private static void assertSize(Locator canvas, int side, int square) {
    assertThat(canvas).hasJSProperty("width", side);
    assertThat(canvas).hasJSProperty("height", side);
    assertThat(canvas.evaluate("c => c.clientWidth")).isEqualTo(side * square);
    assertThat(canvas.evaluate("c => c.clientHeight")).isEqualTo(side * square);
  }

  /** Expects the very pixels that the layer's picture has of a map, eight of which are in a row. */
  private static void assertShows(Locator canvas, int map) throws IOException {
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(canvas.screenshot()));
    BufferedImage all = ImageIO.read(home.resolve("Conv2d_1.png").toFile());
    int top = GAP + map / 8 * (SIDE + GAP);
    int left = GAP + map % 8 * (SIDE + GAP);
    int other = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean isSame = seen.getRGB(2 * x + 1, 2 * y + 1) == all.getRGB(left + x, top + y);
        other += isSame ? 0 : 1;
      }
    }
    assertThat(other).isZero();
  }

  @Test
  void aMapOpenedLargeIsTheOneInThePictureBesideThePage() throws IOException {
    Locator dialog = openMap(home.resolve("index.html"), 9);
    assertThat(dialog).containsText("Map 9 of Conv2d_1");
    assertThat(dialog).containsText(IN_FULL);
    assertThat(dialog).containsText("Countedin the map " + SMALLER);
    assertSize(dialog.locator("canvas.large"), SIDE, 2);
    assertShows(dialog.locator("canvas.large"), 9);
    assertAccessible();
    button("Next map").press("Enter");
    assertThat(dialog).containsText("Map 10 of Conv2d_1");
    assertThat(dialog).containsText(IN_FULL);
    assertThat(button("Next map")).isFocused();
    assertShows(dialog.locator("canvas.large"), 10);
  }

  @Test
  void theColoursThatWereChosenAreAButtonAway() {
    Locator dialog = openMap(home.resolve("index.html"), 0);
    assertThat(dialog).containsText(IN_FULL);
    Locator smaller = button("Smaller, in the chosen colours");
    smaller.press("Enter");
    assertThat(smaller).hasAttribute("aria-pressed", "true");
    assertThat(smaller).isFocused();
    assertThat(dialog).containsText("Drawn" + SMALLER);
    assertSize(dialog.locator("canvas.large"), 112, 4);
    button("Next map").click();
    assertThat(dialog).containsText("Drawn" + SMALLER);
    smaller.press("Enter");
    assertThat(dialog).containsText(IN_FULL);
    assertThat(dialog).containsText("Map 1 of");
  }

  @Test
  void withoutThePictureTheMapIsSmallerAndSaysSo(@TempDir Path elsewhere) throws IOException {
    Path sent = Files.copy(home.resolve("index.html"), elsewhere.resolve("a.html"));
    Locator dialog = openMap(sent, 9);
    assertThat(page.evaluate(IS_NOT_THERE)).isEqualTo(true);
    assertThat(dialog).containsText("Drawn" + SMALLER);
    assertSize(dialog.locator("canvas.large"), 112, 4);
    assertThat(button("Smaller, in the chosen colours")).hasCount(0);
    String picture = elsewhere.resolve("Conv2d_1.png").toUri().toString();
    assertThat(takeWrong())
        .contains("failed to get " + picture)
        .allMatch(line -> line.contains("failed") || line.contains("Failed"));
    assertAccessible();
  }

  @Test
  void aPictureOfAnotherSizeIsNotTheOne(@TempDir Path elsewhere) throws IOException {
    Path sent = Files.copy(home.resolve("index.html"), elsewhere.resolve("a.html"));
    BufferedImage other = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(other, "png", elsewhere.resolve("Conv2d_1.png").toFile());
    Locator dialog = openMap(sent, 9);
    assertThat(page.evaluate(IS_NOT_THERE)).isEqualTo(true);
    assertThat(dialog).containsText("Drawn" + SMALLER);
  }
}
