package io.fmviz.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;

/**
 * Measures a live page that {@code fmviz serve --no-open} serves: draws four sevens with all layers
 * unfolded, of which the first warms everything up, and prints what the page itself took the times
 * of. Its argument is the address that was printed; with {@code webcam} behind it, how many of a
 * webcam's pictures are answered a second.
 */
public final class LiveSpeed {
  private static final int SEVENS = 4;
  private static final int PAUSE = 16;
  private static final int SECONDS = 10;

  /** Milliseconds: the median and the 95th percentile of each step of an answer. */
  private static final String TIMES =
      """
      () => {
        const times = fmviz.timings.filter((time) => time.event > 0);
        const at = (step, share) => {
          const sorted = times.map(step).sort((a, b) => a - b);
          return sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
        };
        const both = (step) => at(step, 0.5) + ' / ' + at(step, 0.95);
        const answer = performance.getEntriesByType('resource').filter((e) => e.name.includes('answer')).pop();
        return [
          times.length + ' answers, the last of ' + answer.transferSize + ' bytes',
          'event to frame, ms: ' + both((time) => time.frame - time.event),
          'event to painted: ' + both((time) => time.painted - time.event),
          'of that waiting: ' + both((time) => time.sent - time.event),
          'asking: ' + both((time) => time.answered - time.sent),
          'painting: ' + both((time) => time.painted - time.answered),
        ];
      }""";

  private static final String LOADED =
      """
      () => {
        const all = performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
          .filter((entry) => !entry.name.includes('/api/'));
        const sum = (size) => all.reduce((total, entry) => total + entry[size], 0);
        return 'page: ' + sum('transferSize') + ' bytes as sent, ' + sum('decodedBodySize') + ' unpacked; first paint after ' +
          performance.getEntriesByType('paint')[0].startTime.toFixed(0) + ' ms';
      }""";

  private LiveSpeed() {}

  /** Measures. */
  public static void main(String[] args) {
    try (Playwright playwright = BrowserTest.playwright();
        Browser browser = BrowserTest.launch(playwright)) {
      Page page =
          browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 2400)).newPage();
      page.navigate(args[0]);
      if (args.length > 1) {
        webcam(page);
        return;
      }
      page.waitForTimeout(1000);
      System.out.println(page.evaluate(LOADED));
      Locator folded = page.locator("[data-layer] .fold[aria-expanded='false']");
      while (folded.count() > 0) {
        folded.first().click();
      }
      for (int i = 0; i < SEVENS; i++) {
        page.waitForTimeout(500);
        if (i == 1) {
          page.evaluate("() => { fmviz.timings.length = 0; }");
        }
        page.click("#clear");
        seven(page);
      }
      ((List<?>) page.evaluate(TIMES)).forEach(System.out::println);
    }
  }

  private static void webcam(Page page) {
    page.click("#webcam");
    page.waitForTimeout(3000);
    page.evaluate("() => { fmviz.timings.length = 0; }");
    page.waitForTimeout(SECONDS * 1000);
    int answers = (Integer) page.evaluate("() => fmviz.timings.length");
    System.out.printf("%.1f pictures a second%n", (double) answers / SECONDS);
  }

  /** As a hand draws it: a place in each of a screen's frames. */
  private static void seven(Page page) {
    BoundingBox pad = page.locator("#pad canvas").boundingBox();
    page.mouse().move(pad.x + 0.28 * pad.width, pad.y + 0.25 * pad.height);
    page.mouse().down();
    for (int i = 0; i < 90; i++) {
      double x = i < 40 ? 0.28 + 0.011 * i : 0.72 - 0.005 * (i - 40);
      double y = i < 40 ? 0.25 : 0.25 + 0.011 * (i - 40);
      page.mouse().move(pad.x + x * pad.width, pad.y + y * pad.height);
      page.waitForTimeout(PAUSE);
    }
    page.mouse().up();
  }
}
