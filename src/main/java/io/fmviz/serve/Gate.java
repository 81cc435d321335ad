package io.fmviz.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may ask. Everything is refused that a browser may have been made to send by somebody else's
 * page, before anything else is looked at.
 *
 * @param cookieName with the port in it: cookies of a host are not kept apart by ports
 */
record Gate(Hosts hosts, Secrets secrets, String cookieName) {
  /** A header that no page of another origin can send without asking first, which is refused. */
  static final String OWN_HEADER = "X-Fmviz";

  /** Own pages, and what a person types or a program opens. */
  private static final Set<String> SITES = Set.of("same-origin", "none");

  /** Refuses who speaks under a foreign name, or was sent by a foreign page. */
  void checkSender(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    List<String> host = headers.getOrDefault("Host", List.of());
    URI asked = exchange.getRequestURI();
    if (host.size() != 1 || !hosts.isOne(host.get(0)) || asked.getRawAuthority() != null) {
      throw new Refusal(
          421, "fmviz serves localhost: a name of your own is allowed when it is started");
    }
    for (String site : headers.getOrDefault("Sec-Fetch-Site", List.of())) {
      refuseUnless(SITES.contains(site), "this request comes from another site");
    }
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      refuseUnless(hosts.isOrigin(origin), "this request comes from another origin");
    }
  }

  private static void refuseUnless(boolean allowed, String line) {
    if (!allowed) {
      throw new Refusal(403, line);
    }
  }

  /** Refuses a browser that was not let in. */
  void checkCookie(HttpExchange exchange) {
    refuseUnless(
        cookies(exchange).anyMatch(secrets::isCookie),
        "open the address that fmviz printed when it was started: it holds the token that lets in");
  }

  private Stream<String> cookies(HttpExchange exchange) {
    String begin = cookieName + "=";
    return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
        .flatMap(line -> Stream.of(line.split(";", -1)))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(begin))
        .map(cookie -> cookie.substring(begin.length()));
  }

  /** Refuses what a form or a link of any page could send. */
  void checkOwnHeader(HttpExchange exchange) {
    refuseUnless(
        exchange.getRequestHeaders().containsKey(OWN_HEADER),
        "a request that changes something needs the header " + OWN_HEADER);
  }

  /** The cookie for who was let in; kept until the browser ends. */
  String cookie() {
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(cookieName, secrets.cookie());
  }
}
