package io.fmviz.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.pipeline.RecordedProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses, over a raw socket: a browser would not even send most of it. */
class WebServerTest {
  private static final String GET = "GET / HTTP/1.1";
  private static final String POST = "POST /api/size HTTP/1.1";
  private static final String OWN = "X-Fmviz: 1";

  private final RecordedProgress progress = new RecordedProgress();
  private WebServer web;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    web =
        WebServer.start(
            new Address("127.0.0.1", 0, List.of("lab.example")),
            Map.of("/", Reply.of("text/html", "page".getBytes(StandardCharsets.UTF_8))),
            Map.of(
                "/api/size", (query, body) -> Reply.json(body.length),
                "/api/fail",
                    (query, body) -> {
                      throw new UserException("<b>this</b> is no picture");
                    },
                "/api/break",
                    (query, body) -> {
                      throw new IllegalStateException("a fault\nof two lines");
                    }),
            new Faults(progress));
    client = RawClient.of(web);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void theTokenIsExchangedForACookieAndLeavesTheAddress() throws IOException {
    RawClient.Reply reply =
        new RawClient(web.port(), null)
            .send("GET /?token=%s&present HTTP/1.1".formatted(token(web.address())));
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.head())
        .containsPattern("(?i)location: /\\?present(\r|$)")
        .containsPattern(
            "(?i)set-cookie: fmviz-%d=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Strict"
                .formatted(web.port()));
    assertThat(token(web.address())).matches("[0-9a-f]{32}");
  }

  private static String token(String address) {
    return address.substring(address.indexOf("token=") + "token=".length());
  }

  @Test
  void theAddressForTheBrowserIsGoodOnce() throws IOException {
    String line = "GET /?token=%s HTTP/1.1".formatted(token(web.addressOnce()));
    RawClient stranger = new RawClient(web.port(), null);
    assertThat(stranger.send(line).status()).isEqualTo(303);
    assertThat(stranger.send(line).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1", "GET /page.js HTTP/1.1", "GET /nothing HTTP/1.1"})
  void whoHasNoCookieGetsNothing(String line) throws IOException {
    RawClient.Reply reply = new RawClient(web.port(), null).send(line);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text())
        .isEqualTo(
            "open the address that fmviz printed when it was started: it holds the token that lets in\n");
  }

  @Test
  void wrongTokensAndCookiesGetNothing() throws IOException {
    String zeros = "0".repeat(32);
    RawClient stranger = new RawClient(web.port(), "fmviz-%d=%s".formatted(web.port(), zeros));
    assertThat(stranger.send(GET).status()).isEqualTo(403);
    assertThat(stranger.send("GET /?token=" + zeros + " HTTP/1.1").status()).isEqualTo(403);
    assertThat(stranger.send("GET /?token= HTTP/1.1").status()).isEqualTo(403);
    String other = client.cookie().replace("fmviz-" + web.port(), "fmviz-1");
    assertThat(new RawClient(web.port(), other).send(GET).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8765",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "evil.example#127.0.0.1",
        "0.0.0.0",
        "127.0.0.2",
        "[::2]",
        ""
      })
  void aForeignHostIsRefusedThoughTheCookieIsRight(String host) throws IOException {
    assertThat(client.send(GET, "Host: " + host).status()).isIn(400, 421);
    assertThat(client.send(GET, "Host: " + host, "Origin: http://" + host).status()).isIn(400, 421);
  }

  @Test
  void twoHostsOrAnotherInTheRequestLineAreRefused() throws IOException {
    assertThat(client.send(GET, "Host: localhost", "Host: localhost").status()).isEqualTo(421);
    assertThat(client.send("GET http://evil.example/ HTTP/1.1").status()).isEqualTo(421);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]", "[::1]:80", "lab.example:443"})
  void theLoopbacksNamesAndOnesThatAreAllowedMayHaveAnyPort(String host) throws IOException {
    assertThat(client.send(GET, "Host: " + host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Origin: http://evil.example",
        "Origin: http://localhost.evil.example:8765",
        "Origin: file://",
        "Origin: null"
      })
  void whatAnotherSitesPageSendsIsRefused(String header) throws IOException {
    assertThat(client.send(GET, header).status()).isEqualTo(403);
    assertThat(client.post(new byte[] {1}, POST, OWN, header).status()).isEqualTo(403);
  }

  @Test
  void itsOwnPageMayAsk() throws IOException {
    RawClient.Reply reply =
        client.post(
            new byte[] {1, 2},
            POST,
            OWN,
            "Sec-Fetch-Site: same-origin",
            "Origin: http://127.0.0.1:" + web.port());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("2");
  }

  @Test
  void whatAFormCouldSendIsRefused() throws IOException {
    assertThat(client.post(new byte[] {1}, POST).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get"})
  void endpointsTakePostAlone(String method) throws IOException {
    RawClient.Reply reply =
        client.send(method + " /api/size HTTP/1.1", OWN, "Origin: http://localhost");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.head()).doesNotContainIgnoringCase("access-control");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "PUT", "OPTIONS"})
  void pagesTakeGetAlone(String method) throws IOException {
    assertThat(client.send(method + " / HTTP/1.1", OWN).status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/page.js/../../etc/passwd",
        "//etc/passwd",
        "/etc/passwd",
        "/api/",
        "/api/size/",
        "/./",
        "/%00",
        "/\\..\\..\\windows\\win.ini"
      })
  void noPathLeadsToAFile(String path) throws IOException {
    assertThat(client.send("GET " + path + " HTTP/1.1").status()).isIn(400, 404, 421);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedUnread() throws IOException {
    RawClient.Reply reply = client.post(new byte[10], POST, OWN, "Content-Length: 32000001");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.text()).isEqualTo("at most 32 MB are taken: make the picture smaller\n");
    assertThat(client.send(POST, OWN, "Content-Length: 99999999999").status()).isEqualTo(413);
  }

  @Test
  void aBodyThatDoesNotSayHowLargeItIsEndsWhereTheLargestDo() throws IOException {
    byte[] size =
        "2000000\r\n".getBytes(StandardCharsets.ISO_8859_1); // in hexadecimal: more than may be
    byte[] chunk = Arrays.copyOf(size, size.length + 0x2000000);
    assertThat(client.post(chunk, POST, OWN, "Transfer-Encoding: chunked").status()).isIn(413, 0);
  }

  @Test
  void everyReplyForbidsWhatAPageDoesNotNeed() throws IOException {
    for (RawClient.Reply reply :
        List.of(client.send(GET), client.send(GET, "Host: evil.example"), client.send(POST))) {
      assertThat(reply.head())
          .containsIgnoringCase("x-content-type-options: nosniff")
          .containsIgnoringCase("cache-control: no-store")
          .containsIgnoringCase("x-frame-options: deny")
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe-inline", "unsafe-eval")
          .doesNotContainIgnoringCase("access-control");
    }
  }

  @Test
  void whatGoesWrongIsALineOfText() throws IOException {
    RawClient.Reply reply = client.ask("fail", new byte[] {1});
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.head()).containsIgnoringCase("content-type: text/plain; charset=utf-8");
    assertThat(reply.text()).isEqualTo("<b>this</b> is no picture\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%3Cscript%3E", "a=<b>", "A=1", "=", "a=1&&b=2", "a=\"x\""})
  void anAddressHoldsPlainValues(String query) throws IOException {
    RawClient.Reply reply = client.send("POST /api/size?" + query + " HTTP/1.1", OWN);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).doesNotContain("script", "<b>");
  }

  @Test
  void aFaultIsOneLineForTheTerminalAndNoneOfThePages() throws IOException {
    RawClient.Reply reply = client.ask("break", new byte[] {1});
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.text())
        .contains("fmviz failed: its terminal says more")
        .doesNotContain("a fault");
    assertThat(progress.lines())
        .containsExactly(
            "warning: unexpected: "
                + UserException.oneLine("java.lang.IllegalStateException: a fault\nof two lines")
                + Settings.named("; {verbose} shows where"));
  }

  @Test
  void aPortThatIsTakenIsOneLine() {
    Address same = new Address("127.0.0.1", web.port(), List.of());
    assertThatThrownBy(() -> WebServer.start(same, Map.of(), Map.of(), new Faults(progress)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            Settings.named(
                    "port %d of 127.0.0.1 can't be had (Address already in use): choose another with {port}, 0 for any that is free")
                .formatted(web.port()));
  }

  @Test
  void namesThatAreAllowedHaveNoPort() {
    assertThatThrownBy(() -> new Address("127.0.0.1", 0, List.of("a:1")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("must be a name or an address without a port, not a:1");
    assertThatThrownBy(() -> new Address("127.0.0.1", 65_536, List.of()))
        .isInstanceOf(InvalidValueException.class);
  }
}
