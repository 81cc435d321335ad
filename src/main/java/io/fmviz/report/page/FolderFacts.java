package io.fmviz.report.page;

import io.fmviz.report.Manifest;
import java.util.List;
import java.util.Map;

/**
 * What the page of a command's folder shows.
 *
 * @param manifest of the folder, without its files; its details are what the page shows of them
 * @param links to other pages
 * @param classNames what classes are called that the details know by their numbers; null for none
 */
public record FolderFacts(Manifest manifest, Links links, Map<Integer, String> classNames) {
  /**
   * Pages that are there.
   *
   * @param above whether the folder above has one
   * @param below the names of folders in this one that have one
   */
  public record Links(boolean above, List<String> below) {}
}
