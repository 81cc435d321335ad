package io.fmviz.report.page;

import io.fmviz.image.Colormap;
import io.fmviz.image.MapBytes;
import io.fmviz.report.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The style sheet and the scripts of pages. Each script is a classic one that adds to the one
 * global object {@code fmviz}. They lie in the jar, but for {@value #CONSTANTS}, which tells them
 * what Java knows too.
 */
public final class Assets {
  public static final String STYLE = "style.css";

  /** The scripts that all pages lean on, in the order in which they are to be read. */
  public static final List<String> SHARED =
      List.of(
          "dom.js",
          "constants.js",
          "maps.js",
          "paint.js",
          "histogram.js",
          "bars.js",
          "table.js",
          "filter.js");

  private static final String CONSTANTS = "constants.js";

  private static final String FOLDER = "/io/fmviz/page/";

  private static final Pattern SPARE = Pattern.compile("(?m)^ *(?://.*|/\\*(?s:.*?)\\*/)\n|^ +");

  private Assets() {}

  /**
   * One file, in UTF-8.
   *
   * @param name without a folder, {@code maps.js}
   * @throws IllegalArgumentException if there is no such file
   */
  public static byte[] bytes(String name) {
    if (name.equals(CONSTANTS)) {
      return constants().getBytes(StandardCharsets.UTF_8);
    }
    try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no asset " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String constants() {
    Map<String, String> colors = new LinkedHashMap<>();
    for (Colormap map : Colormap.WITH_COLORS) {
      colors.put(map.toString(), Base64.getEncoder().encodeToString(map.table()));
    }
    return constant("mapBytes", MapBytes.FORMAT)
        + constant("nonFiniteColor", Colormap.NON_FINITE)
        + constant("colormaps", colors);
  }

  /**
   * A script that tells the others what Java knows.
   *
   * @param name under which it stands in {@code fmviz}
   * @param value that becomes JSON
   */
  public static String constant(String name, Object value) {
    return "/** @const */\nfmviz." + name + " = " + Json.line(value) + ";\n";
  }

  /** One file as text. */
  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /**
   * A script or style sheet as it stands in each of many pages: without indentation, and without
   * comments that have lines of their own.
   */
  public static String compact(String text) {
    return SPARE.matcher(text).replaceAll("");
  }

  /** Several files behind each other. */
  public static String joined(List<String> names) {
    return names.stream().map(Assets::text).collect(Collectors.joining());
  }
}
