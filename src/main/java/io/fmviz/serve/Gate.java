package io.fmviz.serve;

import io.fmviz.base.Settings;
import io.fmviz.serve.http.Request;
import java.util.List;
import java.util.Set;

/**
 * Who may ask. Everything is refused that a browser may have been made to send by somebody else's
 * page, before anything else is looked at.
 */
record Gate(Hosts hosts, Token token) {
  /** Holds the token. No page of another origin can send it without asking first. */
  static final String HEADER = "X-Fmviz";

  /** Own pages, and what a person types or a program opens. */
  private static final Set<String> SITES = Set.of("same-origin", "none");

  /** Refuses who speaks under a foreign name, or was sent by a foreign page. */
  void checkSender(Request request) {
    List<String> host = request.headers("Host");
    if (host.size() != 1 || !hosts.isOne(host.get(0)) || !request.path().startsWith("/")) {
      throw new Refusal(
          421,
          Settings.named(
              "fmviz doesn't answer to this name: start it with {allowHost} NAME to allow one"));
    }
    for (String site : request.headers("Sec-Fetch-Site")) {
      refuseUnless(
          SITES.contains(site) || isFollowedLink(request), "this request comes from another site");
    }
    for (String origin : request.headers("Origin")) {
      refuseUnless(hosts.isOrigin(origin), "this request comes from another origin");
    }
  }

  /**
   * A link to the page may be anywhere: the page itself holds nothing, and what opened it can
   * neither read it nor frame it.
   */
  private static boolean isFollowedLink(Request request) {
    return request.method().equals("GET")
        && request.path().equals("/")
        && request.headers("Sec-Fetch-Mode").equals(List.of("navigate"))
        && request.headers("Sec-Fetch-Dest").equals(List.of("document"));
  }

  private static void refuseUnless(boolean allowed, String line) {
    if (!allowed) {
      throw new Refusal(403, line);
    }
  }

  /** Refuses who doesn't send the token; who does is no newcomer any more. */
  void letIn(Request request) {
    List<String> given = request.headers(HEADER);
    refuseUnless(
        given.size() == 1 && token.is(given.get(0)),
        "open the address that fmviz printed when it was started: it holds the token that lets in");
    request.letIn();
  }
}
