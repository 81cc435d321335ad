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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses, over a raw socket: a browser would not even send most of it. */
class WebServerTest {
  private static final String GET = "GET / HTTP/1.1";
  private static final String POST = "POST /api/size HTTP/1.1";
  private static final String NO_TOKEN =
      "open the address that fmviz printed when it was started: it holds the token that lets in\n";

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
                "/api/size", (query, body, asker) -> Reply.json(body.length),
                "/api/fail",
                    (query, body, asker) -> {
                      throw new UserException("<b>this</b> is no picture");
                    },
                "/api/break",
                    (query, body, asker) -> {
                      throw new IllegalStateException("a fault\nof two lines");
                    },
                "/api/overflow",
                    (query, body, asker) -> {
                      throw new StackOverflowError();
                    },
                "/api/memory",
                    (query, body, asker) -> {
                      throw new OutOfMemoryError("Java heap space");
                    }),
            progress);
    client = RawClient.of(web);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void theAddressHoldsTheTokenWhereNoServerSeesIt() {
    assertThat(web.address())
        .matches("http://127\\.0\\.0\\.1:%d/#token=[0-9a-f]{32}".formatted(web.port()));
    assertThat(web.place()).isEqualTo("http://127.0.0.1:%d/".formatted(web.port()));
  }

  @Test
  void whoHasNoTokenGetsThePageAndNothingElse() throws IOException {
    RawClient stranger = new RawClient(web.port(), null);
    assertThat(stranger.send(GET).text()).isEqualTo("page");
    for (String line : List.of(POST, "POST /api/break HTTP/1.1", "GET /nothing HTTP/1.1")) {
      RawClient.Reply reply = stranger.send(line);
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text()).isEqualTo(NO_TOKEN);
    }
    assertThat(progress.lines()).isEmpty();
  }

  @Test
  void nothingButTheHeaderLetsIn() throws IOException {
    String token = client.token();
    RawClient stranger = new RawClient(web.port(), null);
    for (String cookie : List.of("fmviz-%d=".formatted(web.port()), "X-Fmviz=", "token=")) {
      assertThat(stranger.send(POST, "Cookie: " + cookie + token).status()).isEqualTo(403);
    }
    assertThat(stranger.send(POST, "Authorization: Bearer " + token).status()).isEqualTo(403);
    assertThat(stranger.send("POST /api/size?token=" + token + " HTTP/1.1").status())
        .isEqualTo(403);
    assertThat(client.send(GET).head()).doesNotContainIgnoringCase("set-cookie");
    assertThat(client.send(POST).head()).doesNotContainIgnoringCase("set-cookie");
  }

  @Test
  void wrongTokensGetNothing() throws IOException {
    String right = client.token();
    for (String wrong :
        List.of("0".repeat(32), "", "1", right.substring(1), right + "0", right + ", " + right)) {
      assertThat(client.send(POST, "X-Fmviz: " + wrong).status()).isEqualTo(403);
    }
    assertThat(client.send(POST, "X-Fmviz: " + right, "X-Fmviz: " + right).status()).isEqualTo(403);
    assertThat(client.send(POST, "X-Fmviz: " + right).status()).isEqualTo(200);
  }

  @Test
  void twoServersHaveTokensOfTheirOwn() throws IOException {
    try (WebServer other =
        WebServer.start(
            new Address("127.0.0.1", 0, List.of()),
            Map.of(),
            Map.of("/api/size", (query, body, asker) -> Reply.json(body.length)),
            progress)) {
      assertThat(new RawClient(other.port(), client.token()).send(POST).status()).isEqualTo(403);
      assertThat(RawClient.of(other).send(POST).status()).isEqualTo(200);
    }
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
  void aForeignHostIsRefusedThoughTheTokenIsRight(String host) throws IOException {
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
    assertThat(client.post(new byte[] {1}, POST, header).status()).isEqualTo(403);
  }

  @Test
  void aLinkToThePageMayBeAnywhere() throws IOException {
    String[] followed = {
      "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"
    };
    RawClient.Reply reply = client.send(GET, followed);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(client.send("GET /?present HTTP/1.1", followed).status()).isEqualTo(200);
    assertThat(client.send("POST /api/size HTTP/1.1", followed).status()).isEqualTo(403);
    assertThat(client.send("GET /nothing HTTP/1.1", followed).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Dest: iframe",
        "Sec-Fetch-Dest: embed",
        "Sec-Fetch-Dest: script",
        "X-Other: 1"
      })
  void whatIsNoFollowedLinkIsRefused(String dest) throws IOException {
    assertThat(
            client
                .send(GET, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", dest)
                .status())
        .isEqualTo(403);
    assertThat(
            client
                .send(GET, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", dest)
                .status())
        .isEqualTo(403);
  }

  @Test
  void itsOwnPageMayAsk() throws IOException {
    RawClient.Reply reply =
        client.post(
            new byte[] {1, 2},
            POST,
            "Sec-Fetch-Site: same-origin",
            "Origin: http://127.0.0.1:" + web.port());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("2");
  }

  @Test
  void whatAFormCouldSendIsRefused() throws IOException {
    RawClient form = new RawClient(web.port(), null);
    assertThat(form.post(new byte[] {1}, POST).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get"})
  void endpointsTakePostAlone(String method) throws IOException {
    RawClient.Reply reply = client.send(method + " /api/size HTTP/1.1", "Origin: http://localhost");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.head()).doesNotContainIgnoringCase("access-control");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "PUT", "OPTIONS"})
  void pagesTakeGetAlone(String method) throws IOException {
    assertThat(client.send(method + " / HTTP/1.1").status()).isEqualTo(405);
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
    RawClient.Reply reply = client.post(new byte[10], POST, "Content-Length: 32000001");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.text()).isEqualTo("at most 32 MB are taken: make the picture smaller\n");
    assertThat(client.send(POST, "Content-Length: 99999999999").status()).isEqualTo(413);
  }

  @Test
  void aBodyThatDoesNotSayHowLargeItIsEndsWhereTheLargestDo() throws IOException {
    byte[] size =
        "2000000\r\n".getBytes(StandardCharsets.ISO_8859_1); // in hexadecimal: more than may be
    byte[] chunk = Arrays.copyOf(size, size.length + 0x2000000);
    assertThat(client.post(chunk, POST, "Transfer-Encoding: chunked").status()).isIn(413, 0);
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
    RawClient.Reply reply = client.send("POST /api/size?" + query + " HTTP/1.1");
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
            "warning: unexpected: a fault" + Settings.named("; {verbose} shows where"));
  }

  @Test
  void errorsOfAnyKindGetAReplyAndOneLine() throws IOException {
    assertThat(client.ask("overflow", new byte[] {1}).status()).isEqualTo(500);
    RawClient.Reply reply = client.ask("memory", new byte[] {1});
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.text())
        .isEqualTo("fmviz is out of memory: send a smaller picture, or give it more\n");
    assertThat(client.ask("size", new byte[] {1}).text()).isEqualTo("1");
    assertThat(progress.lines())
        .containsExactly(
            "warning: unexpected: StackOverflowError" + Settings.named("; {verbose} shows where"),
            "warning: out of memory; give Java more with java -Xmx, or take smaller batches");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, 127.0.0.2, 127.0.0.3",
    "localhost, 127.0.0.1, 127.0.0.2",
    "::1, [::1], [::2]",
    "[0:0:0:0:0:0:0:1], [::1], [::3]",
    "0.0.0.0, 127.0.0.1, 127.0.0.2"
  })
  void aHostIsAnsweredUnderTheAddressThatIsPrinted(String host, String printed, String other)
      throws IOException {
    try (WebServer there =
        WebServer.start(
            new Address(host, 0, List.of()),
            Map.of("/", Reply.of("text/html", new byte[0])),
            Map.of(),
            progress)) {
      assertThat(there.place()).isEqualTo("http://%s:%d/".formatted(printed, there.port()));
      RawClient who = new RawClient(there.port(), null, printed);
      assertThat(who.send(GET, "Host: %s:%d".formatted(printed, there.port())).status())
          .isEqualTo(200);
      assertThat(who.send(GET, "Host: localhost").status()).isEqualTo(200);
      assertThat(who.send(GET, "Host: " + other).status()).isEqualTo(421);
      assertThat(who.send(GET, "Host: [0:0:0:0:0:0:0:1]").status()).isEqualTo(200);
    }
  }

  @Test
  void aNameThatIsNotAllowedIsToldHowToBe() throws IOException {
    assertThat(client.send(GET, "Host: mybox:8765").text()).contains("allowHost NAME");
  }

  @Test
  void aPortThatIsTakenIsOneLine() {
    Address same = new Address("127.0.0.1", web.port(), List.of());
    assertThatThrownBy(() -> WebServer.start(same, Map.of(), Map.of(), progress))
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
