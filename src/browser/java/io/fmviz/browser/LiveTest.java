package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.BoundingBox;
import io.fmviz.dataset.mnist.DatasetChoice;
import io.fmviz.network.Compute;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.PicturesRequest;
import io.fmviz.pipeline.RecordedProgress;
import io.fmviz.serve.Address;
import io.fmviz.serve.LivePage;
import io.fmviz.serve.ServeRequest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A live page of a network, and what people do on it. */
abstract class LiveTest extends BrowserTest {
  @TempDir protected Path folder;
  private final List<LivePage> lives = new ArrayList<>();
  private final List<String> origins = new ArrayList<>();

  /** Serves a network, and opens its page with nothing on it. */
  protected final void serve(NetworkRequest network, Path... pictures) {
    page.navigate(empty(start(network, pictures)));
    assertThat(layer(0)).isVisible();
  }

  /** An address that begins with an empty pad and folded layers. */
  protected static String empty(String address) {
    return address + "&draw=";
  }

  /** Serves a network; the address that is printed. */
  protected final String start(NetworkRequest network, Path... pictures) {
    return start(network, 0, pictures);
  }

  /** The same at a port; 0 for any. */
  protected final String start(NetworkRequest network, int port, Path... pictures) {
    PicturesRequest own =
        pictures.length == 0 ? null : new PicturesRequest(List.of(pictures), null, null);
    LivePage live =
        LivePage.start(
            new ServeRequest(
                network,
                new DataRequest(DatasetChoice.SYNTHETIC, folder, own),
                Compute.onCpu(2),
                new Address("127.0.0.1", port, List.of()),
                folder.resolve("cache")),
            new RecordedProgress());
    lives.add(live);
    allow("http://127.0.0.1:" + live.facts().port() + "/");
    return live.facts().address();
  }

  /** Ends the server that was started last, as Ctrl-C would. */
  protected final int stop() {
    LivePage live = lives.remove(lives.size() - 1);
    live.close();
    return live.facts().port();
  }

  /** The page may ask another server too. */
  protected final void allow(String origin) {
    origins.add(origin);
  }

  @Override
  protected final void afterThePage() {
    lives.forEach(LivePage::close);
  }

  @Override
  protected boolean isAllowed(String url) {
    return url.startsWith("data:")
        || origins.stream().anyMatch(o -> url.startsWith(o) || url.startsWith("blob:" + o));
  }

  /** A layer's row, by its number from 0. */
  protected final Locator layer(int number) {
    return page.locator("[data-layer='%d']".formatted(number));
  }

  protected final Locator map(int layer, int map) {
    return layer(layer).locator(".map").nth(map);
  }

  protected final void unfold(int layer) {
    layer(layer).locator(".fold").click();
    assertThat(layer(layer).locator(".cells")).isVisible();
  }

  protected static Path resource(String name) {
    try {
      return Path.of(LiveTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Drops a file on the page, as from a file manager. */
  protected final void drop(Path file, String type) throws IOException {
    JSHandle transfer =
        page.evaluateHandle(
            """
            ([base64, name, type]) => {
              const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
              const transfer = new DataTransfer();
              transfer.items.add(new File([bytes], name, {type: type}));
              return transfer;
            }
            """,
            List.of(
                Base64.getEncoder().encodeToString(Files.readAllBytes(file)),
                file.getFileName().toString(),
                type));
    page.dispatchEvent("#seen", "drop", Map.of("dataTransfer", transfer));
  }

  /** How many pixels the picture of all maps of a layer has in a saved view, not transparent. */
  protected final int painted(int layer) {
    return (Integer)
        layer(layer)
            .locator("img.grid")
            .evaluate(
                """
                from => {
                  const canvas = document.createElement('canvas');
                  canvas.width = from.naturalWidth;
                  canvas.height = from.naturalHeight;
                  const context = canvas.getContext('2d');
                  context.drawImage(from, 0, 0);
                  const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
                  return data.filter((value, i) => i % 4 === 3 && value > 0).length;
                }
                """);
  }

  /** The colour of the pad's middle: red, green and blue. */
  protected final List<?> middleOfPad() {
    return (List<?>)
        page.evaluate(
            "() => Array.from(document.querySelector('#pad canvas').getContext('2d').getImageData(224, 224, 1, 1).data.slice(0, 3))");
  }

  /** A stroke with the mouse, through points in shares of the pad's sides. */
  protected final void stroke(double... places) {
    BoundingBox pad = page.locator("#pad canvas").boundingBox();
    for (int i = 0; i < places.length; i += 2) {
      page.mouse()
          .move(
              pad.x + places[i] * pad.width,
              pad.y + places[i + 1] * pad.height,
              new Mouse.MoveOptions().setSteps(12));
      if (i == 0) {
        page.mouse().down();
      }
    }
    page.mouse().up();
  }

  protected final void drawSeven() {
    stroke(0.28, 0.25, 0.72, 0.25, 0.48, 0.8);
  }
}
