package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that commands write, opened as by double click. */
class FolderPagesTest extends BrowserTest {
  @TempDir private static Path folder;
  private static Path out;

  @BeforeAll
  static void makePages() throws IOException {
    out = folder.resolve("out");
    String checkpoint = Made.checkpoint(folder).toString();
    for (String command :
        List.of(
            "dead",
            "top",
            "ablate --index 1 --samples 6",
            "compare --samples 4",
            "cam --samples 3",
            "kernels")) {
      Made.run(
          folder,
          (command
                  + " --out $DIR/out/"
                  + command.split(" ", -1)[0]
                  + " --dataset synthetic --quiet --checkpoint ")
              .concat(checkpoint)
              .split(" ", -1));
    }
    Path model = Made.training(folder);
    Made.run(
        folder,
        "filmstrip --out $DIR/out/filmstrip --dataset synthetic --quiet --model-dir "
            .concat(model.toString())
            .split(" ", -1));
    // Last, so that its page leads to the others.
    Made.run(
        folder,
        "visualize --samples 120 --out $DIR/out --dataset synthetic --quiet --checkpoint "
            .concat(checkpoint)
            .split(" ", -1));
  }

  private Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void unfoldAll() {
    for (Locator layer : page.locator("details.layer").all()) {
      if (layer.getAttribute("open") == null) {
        layer.locator("summary").click();
      }
    }
  }

  @Test
  void thePageOfAFolderLeadsToThoseOfCommandsBelow() {
    openFile(out.resolve("index.html"));
    assertThat(heading("What a network makes of 120 images")).isVisible();
    Locator links = page.getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LINK);
    assertThat(links)
        .hasText(new String[] {"ablate", "cam", "compare", "dead", "filmstrip", "kernels", "top"});
    links.getByText("dead").click();
    assertThat(heading("Dead channels, and those that are seldom active")).isVisible();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dead", "top", "ablate", "cam", "compare", "kernels", "filmstrip"})
  void aCommandsPageShowsTablesAndPicturesOfEachLayer(String command) {
    openFile(out.resolve(command).resolve("index.html"));
    assertThat(page.locator("h1")).hasCount(1);
    int layers = page.locator("details.layer").count();
    assertThat(layers).isGreaterThan(2);
    unfoldAll();
    assertThat(page.locator("details.layer[open] img")).hasCount(layers);
    for (Locator picture : page.locator("details.layer img").all()) {
      picture.scrollIntoViewIfNeeded();
      page.waitForFunction(
          "image => image.complete && image.naturalWidth > 0", picture.elementHandle());
    }
    assertAccessible();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "1-0", "dead", "ablate"})
  void pagesAreAccessibleInTheDarkToo(String where) {
    openDark();
    openFile(out.resolve(where).resolve("index.html"));
    assertThat(page.locator("h1")).isVisible();
    assertAccessible();
  }

  @Test
  void manyImagesStandSomeAtATimeAndAreFiltered() {
    openFile(out.resolve("index.html"));
    assertThat(page.locator(".samples li")).hasCount(48);
    button("Later").click();
    assertThat(page.getByText("images 49 to 96 of 120")).isVisible();
    button("Later").click();
    assertThat(page.locator(".samples li")).hasCount(24);
    assertThat(button("Later")).isDisabled();
    page.getByLabel("Show", new Page.GetByLabelOptions().setExact(true)).fill("1*-0");
    assertThat(page.locator(".samples b").first()).hasText(Pattern.compile("1\\d*-0"));
    assertThat(page.getByText(Pattern.compile("of \\d+ \\(120 in all\\)"))).isVisible();
    assertAccessible();
  }

  @Test
  void anImagesPageUnfoldsItsLayersAndShowsAMapLarge() {
    openFile(out.resolve("1-0").resolve("index.html"));
    assertThat(page.getByText("0, the prediction is")).isVisible();
    assertThat(page.locator(".stack canvas")).isVisible();
    assertThat(page.locator("figcaption").first())
        .hasText(
            Pattern.compile(
                "Over the picture: what each position of ReLU_3 adds to the logit of \\d, exactly"
                    + " \\(as fmviz cam has it\\): together \\S+, with the bias of \\S+ the logit \\S+\\."
                    + " It goes from \\S+ \\(dark blue\\) to \\S+ \\(yellow\\)\\."));
    page.getByLabel("Overlay of").selectOption("ReLU_3 (net.7)");
    assertThat(page.locator("figcaption").first())
        .containsText("where ReLU_3 (net.7) is active. The mean of 8 maps, from ");
    page.locator("summary", new Page.LocatorOptions().setHasText("ReLU_3")).click();
    assertThat(page.getByText(Pattern.compile("8 of 8 maps, all on one scale"))).isVisible();
    page.locator("button.map").nth(1).click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("Map 1 of ReLU_3 (net.7)");
    assertThat(dialog).containsText("7 × 7");
    assertThat(dialog.locator("svg.chart")).isVisible();
    assertAccessible();
    button("Next map").click();
    assertThat(dialog).containsText("Map 2 of ReLU_3");
    button("Close").click();
    assertThat(dialog).isHidden();
    page.getByLabel("Order").selectOption("activity");
    assertThat(page.getByText("those with the largest mean first")).isVisible();
    page.getByLabel("Show layers").fill("conv*");
    assertThat(page.getByText("3 of 9 layers")).isVisible();
    assertThat(page.locator("details.layer:visible")).hasCount(3);
    assertAccessible();
  }

  /** As where torchvision's look hides what a ReLU does. */
  @Test
  void picturesOfEqualBytesAreSaidToBeSoAndWhy() throws IOException {
    Path file = out.resolve("1-0").resolve("index.html");
    String relu = "\"file\":\"1-0/ReLU_1.png\"";
    Path told = out.resolve("1-0").resolve("told.html");
    Files.writeString(
        told, Files.readString(file).replace(relu, relu + ",\"equalTo\":\"1-0/Conv2d_1.png\""));
    openFile(told);
    unfoldAll();
    String why =
        "are the same, byte for byte: in them 0 and less has the darkest colour, black, and 1 and"
            + " more the brightest, white, so that values below zero are not seen. Here they are.";
    assertThat(page.getByText("Conv2d_1.png and ReLU_1.png " + why)).isVisible();
    assertThat(page.getByText("ReLU_1.png and Conv2d_1.png " + why)).isVisible();
    Files.delete(told);
  }

  @Test
  void theKeyboardAloneLeadsFromTheFolderToAMap() {
    openFile(out.resolve("index.html"));
    page.keyboard().press("Tab");
    assertThat(page.getByText("To the content")).isFocused();
    page.keyboard().press("Enter");
    tabTo(".samples a");
    page.keyboard().press("Enter");
    assertThat(heading("1-0")).isVisible();
    tabTo("details.layer summary");
    page.keyboard().press("Enter");
    tabTo("button.map");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("button.map").nth(1)).isFocused();
    page.keyboard().press("End");
    assertThat(page.locator("button.map").last()).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
    assertThat(page.locator("button.map").last()).isFocused();
  }

  /** Presses the tab key until an element of this kind has the focus. */
  private void tabTo(String selector) {
    for (int i = 0; i < 40; i++) {
      page.keyboard().press("Tab");
      if ((Boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) {
        return;
      }
    }
    throw new AssertionError("the tab key leads to no " + selector);
  }

  @Test
  void aFilmstripHasEachProbabilityOnce() {
    openFile(out.resolve("filmstrip").resolve("index.html"));
    Locator frame = page.locator("tbody tr").first().locator("td");
    assertThat(frame.nth(1)).hasText(Pattern.compile("^\\d$"));
    assertThat(frame.nth(2)).hasText(Pattern.compile("^[\\d.]+ %$"));
  }

  @Test
  void aHeadingSortsItsTable() {
    openFile(out.resolve("kernels").resolve("index.html"));
    Locator head = page.locator("th", new Page.LocatorOptions().setHasText("weights"));
    head.getByRole(AriaRole.BUTTON).press("Enter");
    assertThat(head).hasAttribute("aria-sort", "descending");
    assertThat(page.locator("tbody tr").first()).containsText("Conv2d_3");
    head.getByRole(AriaRole.BUTTON).click();
    assertThat(head).hasAttribute("aria-sort", "ascending");
    assertThat(page.locator("tbody tr").first()).containsText("Conv2d_1");
  }

  @Test
  void anImagesPageThatWasSentToSomeoneStandsAlone(@TempDir Path elsewhere) throws IOException {
    Path sent = Files.copy(out.resolve("1-0").resolve("index.html"), elsewhere.resolve("a.html"));
    openFile(sent);
    assertThat(page.locator(".stack img")).isVisible();
    page.locator("summary").last().click();
    assertThat(page.getByRole(AriaRole.LINK)).hasCount(1);
    assertThat(page.getByRole(AriaRole.LINK)).hasText("To the content");
  }

  @Test
  void namesInStrangersFilesAreText(@TempDir Path strange) throws IOException {
    String setting =
        " --quiet --model $DIR/hostile.onnx --image $DIR/pictures --class-names $DIR/classes.txt";
    Made.hostileModel(strange);
    Made.hostilePictures(strange);
    Made.hostileClasses(strange, 5);
    for (String command : List.of("dead", "top", "ablate --samples 2", "compare", "visualize")) {
      String name = command.split(" ", -1)[0];
      String below = name.equals("visualize") ? "" : "/" + name;
      Made.run(strange, (command + setting + " --out $DIR/out" + below).split(" ", -1));
    }
    List<Path> pages = Made.pages(strange.resolve("out"));
    assertThat(pages).hasSize(8);
    for (Path file : pages) {
      openFile(file);
      assertThat(page.locator("h1")).isVisible();
      unfoldAll();
      assertThat(page.locator("img[src='x']")).hasCount(0);
      assertThat(page.locator("body"))
          .containsText(Pattern.compile("onerror=alert\\(1\\)>|alert\\(2\\)</script>"));
      assertAccessible();
    }
    // In the bytes of a file neither name stands as it is.
    for (Path file : pages) {
      assertThat(Files.readString(file)).doesNotContain(Made.MARKUP, Made.END);
    }
  }
}
