package io.fmviz.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;

/**
 * Takes pictures of a live page that {@code fmviz serve --no-open} serves, for who wants to look at
 * it in all its states. Its arguments are the address that was printed, and a folder.
 */
public final class LiveShots {
  private final Browser browser;
  private final String address;
  private final Path folder;

  private LiveShots(Browser browser, String address, Path folder) {
    this.browser = browser;
    this.address = address;
    this.folder = folder;
  }

  /** Takes them. */
  public static void main(String[] args) {
    try (Playwright playwright = BrowserTest.playwright();
        Browser browser = BrowserTest.launch(playwright)) {
      LiveShots shots = new LiveShots(browser, args[0], Path.of(args[1]));
      shots.firstLookAndSaved();
      shots.held(shots.open(1280, 720), "held-1280x720");
      shots.held(shots.open(1024, 600), "held-1024x600");
      shots.held(shots.open(390, 844), "held-390x844");
      shots.presenting();
      shots.otherMedia();
    }
  }

  private Page open(int width, int height) {
    Page page =
        browser
            .newContext(new Browser.NewContextOptions().setViewportSize(width, height))
            .newPage();
    page.navigate(address);
    page.locator(".strongest figure").first().waitFor();
    page.waitForTimeout(500);
    return page;
  }

  private void firstLookAndSaved() {
    Page page = open(1280, 800);
    take(page, "first-look");
    page.locator("[data-layer] .fold[aria-expanded='false']").first().click();
    page.waitForTimeout(300);
    take(page, "unfolded");
    Download download = page.waitForDownload(() -> page.locator("#save").click());
    Path saved = folder.resolve("saved.html");
    download.saveAs(saved);
    page.navigate(saved.toUri().toString());
    page.screenshot(
        new Page.ScreenshotOptions().setPath(folder.resolve("saved.png")).setFullPage(true));
    page.context().close();
  }

  private void held(Page page, String name) {
    page.locator(".mapbox canvas").click();
    page.waitForTimeout(500);
    take(page, name);
    page.context().close();
  }

  private void presenting() {
    Page page = open(1280, 720);
    page.locator("#present").click();
    page.locator(".mapbox canvas").click();
    page.waitForTimeout(500);
    take(page, "presenting-1280x720");
    page.setViewportSize(1920, 1080);
    page.waitForTimeout(500);
    take(page, "presenting-1920x1080");
    page.context().close();
  }

  private void otherMedia() {
    Page page = open(1280, 800);
    page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
    take(page, "forced-colours");
    page.emulateMedia(
        new Page.EmulateMediaOptions().setMedia(Media.PRINT).setForcedColors(ForcedColors.NONE));
    page.screenshot(
        new Page.ScreenshotOptions().setPath(folder.resolve("print.png")).setFullPage(true));
    page.context().close();
  }

  private void take(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }
}
