package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.serve.Doors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Who comes to a live page how, and who is let in. */
class LiveDoorTest extends LiveTest {
  private String start() {
    return start(NetworkRequest.ofCheckpoint(Made.checkpoint(folder).toString(), folder));
  }

  private static String place(String address) {
    return address.substring(0, address.indexOf('#'));
  }

  private static String token(String address) {
    return address.substring(address.indexOf("token=") + "token=".length());
  }

  private static void assertIn(Page tab) {
    assertThat(first(tab)).isVisible();
    assertThat(tab.locator("#door")).isHidden();
  }

  private static Locator first(Page tab) {
    return tab.locator("[data-layer='0']");
  }

  private Page tab(String address) {
    Page tab = context.newPage();
    tab.navigate(address);
    return tab;
  }

  @Test
  void theTokenLeavesTheAddressAndAReloadKeepsIn() {
    String address = start();
    page.navigate(address);
    assertIn(page);
    assertThat(page.url()).isEqualTo(place(address));
    page.reload();
    assertIn(page);
    assertThat(context.cookies()).isEmpty();
    assertThat(page.evaluate("() => localStorage.length")).isEqualTo(0);
    assertThat(page.content()).doesNotContain(token(address));
  }

  @Test
  void aSecondTabIsLetInByThePrintedAddress() {
    String address = start();
    page.navigate(address);
    assertIn(page);
    page.navigate("about:blank");
    assertIn(tab(address));
  }

  @Test
  void whatStandsInTheAddressOpensInASecondTabAndKeepsItsState() {
    page.navigate(empty(start()));
    unfold(0);
    map(0, 1).click();
    assertThat(page.url()).contains("open=0", "map=0.1").doesNotContain("token");
    Page other = tab(page.url());
    assertIn(other);
    assertThat(first(other).locator(".cells")).isVisible();
    assertThat(other.url()).isEqualTo(page.url());
  }

  @Test
  void aTabThatThePageOpensIsIn() {
    page.navigate(start());
    assertIn(page);
    Page other = context.waitForPage(() -> page.evaluate("() => void window.open(location.href)"));
    page.close();
    other.reload();
    assertIn(other);
  }

  @Test
  void whoHasNoTokenIsToldWhatToDoAndLosesNothing() {
    String address = start();
    page.navigate(place(address) + "#open=0");
    assertThat(page.locator("#door h2")).hasText("This page needs the address that fmviz printed");
    assertThat(page.locator("#door")).containsText("address bar");
    assertThat(page.locator("#layers")).isHidden();
    assertThat(page.locator("#address")).isFocused();
    assertAccessible();
    page.locator("#address").fill(place(address));
    assertThat(page.locator("#door-status")).containsText("There is no token in it");
    page.locator("#address").fill(address);
    assertIn(page);
    assertThat(first(page).locator(".cells")).isVisible();
  }

  @Test
  void aTokenOfAServerThatEndedIsCalledOne() {
    String address = start();
    page.navigate(place(address) + "#token=" + "0".repeat(32));
    assertThat(page.locator("#door-status")).containsText("This token lets nobody in");
    assertThat(takeWrong()).hasSize(1).allMatch(line -> line.contains("403"));
    page.locator("#address").fill(token(address));
    assertThat(page.locator("#door-status")).containsText("There is no token in it");
    page.locator("#address").fill(address);
    assertIn(page);
  }

  @Test
  void theAddressMayBePutIntoATabThatIsThere() {
    String address = start();
    page.navigate(place(address));
    assertThat(page.locator("#address")).isVisible();
    page.evaluate("address => void (location.href = address)", address);
    assertIn(page);
    layer(1).locator(".fold").click();
    assertThat(layer(1).locator(".cells")).isVisible();
    String open = page.url();
    page.evaluate("address => void (location.href = address)", address);
    // What was open and drawn goes on: the server may have been started anew.
    assertThat(layer(1).locator(".cells")).isVisible();
    assertThat(page.url()).isEqualTo(open);
  }

  @Test
  void anAddressOfAnOlderVersionWorks() {
    String address = start();
    page.navigate(place(address) + "?present&token=" + token(address));
    assertIn(page);
    assertThat(page.url()).isEqualTo(place(address) + "?present");
    assertThat(page.locator("body")).hasClass("live present");
  }

  @Test
  void twoServersSideBySideKnowNothingOfEachOther() {
    String one = start();
    String two = start();
    page.navigate(one);
    Page other = tab(two);
    assertIn(page);
    assertIn(other);
    page.reload();
    other.reload();
    assertIn(page);
    assertIn(other);
    String asked =
        "place => fetch(place + 'api/network?page=x', {method: 'POST', headers: {'X-Fmviz': '%s'}})"
            .formatted(token(two));
    assertThat(page.evaluate(asked + ".then(() => 'in', () => 'refused')", place(two)))
        .isEqualTo("refused");
    takeWrong();
    String stored = "() => Object.values(sessionStorage).join()";
    assertThat(page.evaluate(stored)).isEqualTo(token(one));
    assertThat(other.evaluate(stored)).isEqualTo(token(two));
  }

  @Test
  void aFileLeadsToThePage() throws IOException {
    String address = start();
    allow("file:");
    page.navigate(Doors.file(address, folder));
    page.waitForURL(place(address));
    assertIn(page);
  }

  @Test
  void aLinkOnAnotherSitesPageIsFollowed() throws IOException {
    String address = start();
    HttpServer site =
        serving("/", exchange -> reply(exchange, 200, "<a href='%s'>x</a>".formatted(address)));
    try {
      String origin = "http://localhost:" + site.getAddress().getPort() + "/";
      allow(origin);
      page.navigate(origin);
      page.locator("a").click();
      assertIn(page);
    } finally {
      site.stop(0);
    }
  }

  /** As notebooks and editors in the browser do it. */
  @Test
  void behindAPathOfAProxyItWorksToo() throws IOException {
    String address = start();
    HttpServer proxy = serving("/user/me/proxy/1/", exchange -> forward(exchange, place(address)));
    try {
      String origin = "http://127.0.0.1:" + proxy.getAddress().getPort() + "/user/me/proxy/1/";
      allow(origin);
      page.navigate(origin + "#token=" + token(address));
      assertIn(page);
      assertThat(page.url()).isEqualTo(origin);
      page.keyboard().press("b");
      assertThat(page.url()).isEqualTo(origin + "?present");
      page.reload();
      assertIn(page);
    } finally {
      proxy.stop(0);
    }
  }

  private static HttpServer serving(String path, com.sun.net.httpserver.HttpHandler handler)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(path, handler);
    server.start();
    return server;
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void forward(HttpExchange exchange, String place) throws IOException {
    String rest = exchange.getRequestURI().toString().substring("/user/me/proxy/1/".length());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(place + rest))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .getOrDefault("X-Fmviz", java.util.List.of())
        .forEach(v -> request.header("X-Fmviz", v));
    try {
      HttpResponse<byte[]> found =
          HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      found
          .headers()
          .firstValue("Content-Type")
          .ifPresent(v -> exchange.getResponseHeaders().set("Content-Type", v));
      exchange.sendResponseHeaders(found.statusCode(), found.body().length);
      exchange.getResponseBody().write(found.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }
}
