package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of networks and photographs of a person's own, of which less is known. */
class OwnPagesTest extends BrowserTest {
  /** How far a heading's edge is from that of what stands below it, in pixels, at most. */
  private static final String OFF =
      "() => { const cells = document.querySelector('tbody tr').cells;"
          + " return Math.max(...[...document.querySelector('thead tr').cells].map((head, i) => {"
          + " const text = document.createRange(); text.selectNodeContents(cells[i]);"
          + " const below = text.getBoundingClientRect();"
          + " const above = head.firstElementChild.getBoundingClientRect();"
          + " return head.className === 'number' ? Math.abs(above.right - below.right)"
          + " : Math.abs(above.left - below.left); })); }";

  @TempDir private static Path folder;
  private static Path out;
  private static Path photos;

  @BeforeAll
  static void makePages() throws IOException {
    out = folder.resolve("out");
    photos = folder.resolve("a".repeat(60)).resolve("photos");
    Made.photographs(photos);
    Files.writeString(folder.resolve("names.txt"), "ant\nbee\ncat\ndog\neel\n");
    Made.smallModel(folder);
    String named = " --class-names $DIR/names.txt --image " + photos;
    run("compare --model $DIR/small.onnx --scale 24" + named, "compare");
    run("visualize --model $DIR/small.onnx" + named, ".");
    String checkpoint = Made.checkpoint(folder).toString();
    run("compare --dataset synthetic --checkpoint " + Made.broken(folder), "nan/compare");
    run("dead --dataset synthetic --checkpoint " + Made.broken(folder), "nan/dead");
    run("visualize --samples 1 --dataset synthetic --checkpoint " + Made.broken(folder), "nan");
    Made.run(
        folder, ("export --quiet --checkpoint " + checkpoint + " --to $DIR/net.onnx").split(" "));
    run(
        "dead --model $DIR/net.onnx --layers AdaptiveAvgPool2d_1,ReLU_1 --fit digit --image "
            + photos,
        "dead");
  }

  private static void run(String command, String to) {
    Made.run(folder, (command + " --quiet --out " + out.resolve(to)).split(" "));
  }

  private void open(String name) {
    openFile(out.resolve(name).resolve("index.html"));
  }

  private Locator cells(String row) {
    return page.locator("tbody tr", new Page.LocatorOptions().setHasText(row))
        .first()
        .locator("td");
  }

  @Test
  void whatIsNotKnownOfALayerIsADash() {
    open("dead");
    assertThat(page.locator("thead").first())
        .hasText("layerchannelsdeadalmost deadalways onconstant");
    assertThat(cells("AdaptiveAvgPool2d_1").nth(2)).hasText("-");
    assertThat(cells("AdaptiveAvgPool2d_1").nth(3)).hasText("-");
    assertThat(cells("ReLU_1").nth(2)).hasText(Pattern.compile("[0-9]"));
    assertThat(cells("ReLU_1").nth(5)).hasText("-");
    assertThat(page.getByText("-: not known.")).isVisible();
    assertAccessible();
  }

  @Test
  void whatIsNoNumberIsNeitherNoneNorZero() {
    open("nan/dead");
    assertThat(page.getByText("1 with non-finite values").first()).isVisible();
    assertThat(page.locator("body")).not().containsText("none");
    open("nan/compare");
    assertThat(page.locator("tbody").first()).containsText("nothing: its answer is not finite-");
    assertThat(page.locator("body")).not().containsText("none");
    open("nan");
    page.locator(".samples a").first().click();
    assertThat(page.locator("details.layer").first()).containsText("are not finite");
    assertThat(page.locator("body")).not().containsText("from non-finite");
    assertAccessible();
  }

  @Test
  void aSheetIsReadInItsOwnSizeOrSeenWhole() {
    open("compare");
    Locator place = page.locator("figure .scroll").first();
    Locator image = place.locator("img");
    image.scrollIntoViewIfNeeded();
    page.waitForFunction(
        "image => image.complete && image.naturalWidth > 0", image.elementHandle());
    assertThat(image.evaluate("image => image.clientWidth === image.naturalWidth")).isEqualTo(true);
    assertThat(
            place.evaluate(
                "box => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight"))
        .isEqualTo(true);
    Locator whole = page.locator("figure button").first();
    assertThat(whole).hasText("All of it, small");
    whole.press("Enter");
    assertThat(whole).hasAttribute("aria-pressed", "true");
    assertThat(place.evaluate("box => box.scrollWidth <= box.clientWidth")).isEqualTo(true);
    assertAccessible();
  }

  @Test
  void classesHaveTheirNamesAndLongPathsTheirEnds() {
    open("compare");
    Locator row = page.locator("tbody tr").first().locator("td");
    assertThat(row.nth(2)).hasText("1 bee");
    Locator path = row.nth(1).locator("[title]");
    assertThat(path).hasAttribute("title", photos.resolve("bee/full.jpg").toString());
    assertThat(path.locator("[aria-hidden]")).hasText(Pattern.compile("^.{60}$"));
    assertThat(path.locator("[aria-hidden]")).hasText(Pattern.compile("…a*/photos/bee/full.jpg$"));
  }

  @Test
  void headingsStandOverTheirColumns() {
    open("dead");
    assertThat(((Number) page.evaluate(OFF)).doubleValue()).isLessThan(1);
    page.locator("th button").nth(1).click();
    assertThat(((Number) page.evaluate(OFF)).doubleValue()).isLessThan(1);
  }

  @Test
  void photographsAreLargeEnoughToBeRecognised() {
    open(".");
    Locator image = page.locator(".samples img").first();
    assertThat(image).isVisible();
    assertThat(
            (Boolean)
                image.evaluate("image => image.naturalWidth > 16 && image.clientWidth >= 100"))
        .isTrue();
    assertThat(page.locator(".samples li").first()).containsText("is 1 bee");
  }

  @Test
  void onlyWhatIsWrongIsOfferedWhereThatIsKnown() {
    open(".");
    assertThat(page.locator("input[type=checkbox]")).hasCount(1);
    open("nan");
    assertThat(page.locator("input[type=search]")).isVisible();
    assertThat(page.locator("input[type=checkbox]")).hasCount(0);
  }
}
