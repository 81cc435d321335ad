package io.fmviz.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Under which names a browser may speak to the server. A page of a stranger's can make its own name
 * lead to this machine, but can't make the browser say another than that name: whoever says one
 * that is not listed was sent by somebody else. A port may be any: it may be forwarded.
 */
final class Hosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]/@]+)(?::\\d{1,5})?");
  private static final Pattern ORIGIN = Pattern.compile("https?://(.+)");

  private final Set<String> names = new TreeSet<>();

  /**
   * The loopback's names, and others.
   *
   * @param others without ports
   */
  Hosts(Collection<String> others) {
    LOOPBACK.forEach(name -> names.add(plain(name)));
    others.forEach(name -> names.add(plain(name.toLowerCase(Locale.ROOT))));
  }

  /** An address of IPv6 has several spellings. */
  private static String plain(String name) {
    if (!name.startsWith("[")) {
      return name;
    }
    try {
      // In brackets it is an address, or none: no name is looked up.
      return InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException e) {
      return name;
    }
  }

  /** An address, as it stands in a URL. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    return text.contains(":") ? "[" + text.replaceFirst("(^|:)(0(:|$)){2,}", "::") + "]" : text;
  }

  /** Whether a Host header names one: a name, and perhaps a port. */
  boolean isOne(String host) {
    Matcher parts = HOST.matcher(host.toLowerCase(Locale.ROOT));
    return parts.matches() && names.contains(plain(parts.group(1)));
  }

  /** Whether an Origin header is that of a page from here. */
  boolean isOrigin(String origin) {
    Matcher parts = ORIGIN.matcher(origin);
    return parts.matches() && isOne(parts.group(1));
  }
}
