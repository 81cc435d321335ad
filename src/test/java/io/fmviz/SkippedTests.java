package io.fmviz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Says at the end of {@code mvn verify} which tests were skipped, and why: one sees what wasn't
 * checked, and what to set so that it is.
 */
public final class SkippedTests {
  private SkippedTests() {}

  /**
   * Prints them.
   *
   * @param folders with the reports of test runs
   */
  public static void main(String[] folders) throws Exception {
    List<Path> reports = new ArrayList<>();
    for (String folder : folders) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
          files
              .filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml"))
              .forEach(reports::add);
        }
      }
    }
    lines(reports).forEach(System.out::println);
  }

  /** A line for each reason, and one for each class of tests that it kept from running. */
  static List<String> lines(List<Path> reports)
      throws IOException, ParserConfigurationException, SAXException {
    Map<String, Map<String, Integer>> skipped = new TreeMap<>();
    int count = 0;
    for (Path report : reports) {
      NodeList found =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("skipped");
      for (int i = 0; i < found.getLength(); i++) {
        Element test = (Element) found.item(i).getParentNode();
        skipped
            .computeIfAbsent(reason((Element) found.item(i)), r -> new TreeMap<>())
            .merge(test.getAttribute("classname"), 1, Integer::sum);
        count++;
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(count == 0 ? "No tests were skipped." : "Skipped tests: " + count);
    skipped.forEach(
        (reason, classes) -> {
          lines.add("  " + reason + ":");
          classes.forEach((name, tests) -> lines.add("    " + name + ": " + tests));
        });
    return lines;
  }

  /** Behind what JUnit says of its condition stands what we do. */
  private static String reason(Element skipped) {
    String message = skipped.getAttribute("message").replaceFirst("(?s)^.* ==> ", "");
    return message.isEmpty() ? "no reason is given" : message;
  }
}
