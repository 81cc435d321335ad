package io.fmviz.report.page;

import io.fmviz.report.Manifest;
import java.util.Map;

/**
 * What the page of a command's folder shows.
 *
 * @param manifest of the folder, without its files; its details are what the page shows of them
 * @param classNames what classes are called that the details know by their numbers; null for none
 */
public record FolderFacts(Manifest manifest, Map<Integer, String> classNames) {}
