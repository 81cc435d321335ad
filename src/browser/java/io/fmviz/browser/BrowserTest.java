package io.fmviz.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A browser for the tests of a class, and a page of its own for each test. Whatever a test does,
 * its page must request nothing that {@link #isAllowed} doesn't name, log no error and no warning,
 * and throw nothing: {@link #nothingWentWrong} asks for that at its end.
 */
public abstract class BrowserTest {
  private static final String DEBIANS = "/usr/bin/chromium";

  /**
   * What keeps Chromium itself from the network, lets it run as root and without a GPU, and gives
   * it a webcam: a picture that moves.
   */
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--use-fake-device-for-media-stream",
          "--use-fake-ui-for-media-stream");

  private static Playwright playwright;
  private static Browser browser;

  /** Where the test's page lives: cookies, colours, size. */
  protected BrowserContext context;

  /** The test's page, of 1280 by 800 pixels. */
  protected Page page;

  private final List<String> wrong = new ArrayList<>();

  @BeforeAll
  static void startBrowser() {
    playwright = playwright();
    browser = launch(playwright);
  }

  /** What drives a browser, and brings none. */
  static Playwright playwright() {
    return Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  }

  /** Starts Chromium. */
  static Browser launch(Playwright playwright) {
    String named = System.getenv("FMVIZ_CHROMIUM");
    Path chromium = Path.of(named == null ? DEBIANS : named);
    assertThat(Files.isExecutable(chromium))
        .as("%s can be run: install Debian's chromium, or set FMVIZ_CHROMIUM", chromium)
        .isTrue();
    return playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(FLAGS));
  }

  @AfterAll
  static void stopBrowser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  final void openPage() {
    open(new Browser.NewContextOptions());
  }

  /** A page in the dark colours instead. */
  protected final void openDark() {
    context.close();
    open(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
  }

  private void open(Browser.NewContextOptions options) {
    context = browser.newContext(options.setViewportSize(1280, 800));
    page = context.newPage();
    page.setDefaultTimeout(10_000);
    page.onRequest(
        request -> {
          if (!isAllowed(request.url())) {
            wrong.add("requested " + request.url());
          }
        });
    page.onRequestFailed(request -> wrong.add("failed to get " + request.url()));
    page.onPageError(error -> wrong.add("thrown: " + error));
    page.onDialog(
        dialog -> {
          wrong.add("a dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            wrong.add("logged: " + message.text());
          }
        });
  }

  @AfterEach
  final void nothingWentWrong() {
    // What the page still asks for as it goes is nobody's fault.
    List<String> found = List.copyOf(wrong);
    context.close();
    afterThePage();
    assertThat(found).isEmpty();
  }

  /** Ends what the page asked, once nobody asks any more. */
  protected void afterThePage() {}

  /** Whether the page may request this: files, and what stands in the page itself. */
  protected boolean isAllowed(String url) {
    return url.startsWith("file:") || url.startsWith("data:") || url.startsWith("blob:");
  }

  /** Takes back what went wrong so far, for a test that provokes it. */
  protected final List<String> takeWrong() {
    List<String> taken = List.copyOf(wrong);
    wrong.clear();
    return taken;
  }

  /** Opens a file as by double click. */
  protected final void openFile(Path file) {
    page.navigate(file.toUri().toString());
  }

  /** Expects that axe-core finds nothing in the page as it is now. */
  protected final void assertAccessible() {
    assertThat(
            new AxeBuilder(page)
                .analyze().getViolations().stream().map(BrowserTest::described).toList())
        .as("axe's violations in %s", page.url())
        .isEmpty();
  }

  private static String described(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getHelp()
        + rule.getNodes().stream()
            .map(CheckedNode::getHtml)
            .limit(3)
            .collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
