package io.fmviz.serve;

import io.fmviz.pipeline.Progress;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How a page is opened in a person's browser: by a file that leads there, as what a program is
 * started with isn't secret.
 *
 * @param patience seconds until it is said that nobody came
 */
record Opening(Browser browser, Path temporary, long patience, Progress progress) {
  static Opening ofUser(Progress progress) {
    return new Opening(
        Browser.ofUser(), Path.of(System.getProperty("java.io.tmpdir")), 60, progress);
  }

  /** Opens it; where the browser couldn't read the file, the page without what lets in. */
  void open(WebServer web) {
    String why = browser.cannotRead();
    if (why != null) {
      withoutToken(web, why);
      return;
    }
    RedirectFile door;
    try {
      door = RedirectFile.to(web.address(), temporary);
    } catch (IOException e) {
      withoutToken(web, "no file can be made that is yours alone: " + e.getMessage());
      return;
    }
    if (browser.open(door.address())) {
      InferenceQueue.daemon(() -> closeWhenUsed(door, web), "fmviz-open").start();
    } else {
      door.close();
      noBrowser();
    }
  }

  private void withoutToken(WebServer web, String why) {
    if (browser.open(web.place())) {
      progress.note(why + ": paste the address above into the page that opens");
    } else {
      noBrowser();
    }
  }

  private void noBrowser() {
    progress.note("no browser was found: open the address in one");
  }

  private void closeWhenUsed(RedirectFile door, WebServer web) {
    try (door) {
      if (!web.isUsedWithin(patience)) {
        progress.note("no browser has opened the page: open the address in one");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
