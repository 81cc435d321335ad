package io.fmviz.base;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was given as a file and is the address of one elsewhere. */
public final class WebAddress {
  /** A path of one has lost a slash. */
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/+(.*)", Pattern.DOTALL);

  private WebAddress() {}

  /** The address that a path was; empty for any other. A cluster's file systems have such paths. */
  public static Optional<String> of(Path path) {
    Matcher address = FORM.matcher(path.toString());
    return path.getFileSystem().equals(FileSystems.getDefault()) && address.matches()
        ? Optional.of(address.group(1) + "://" + address.group(2))
        : Optional.empty();
  }
}
