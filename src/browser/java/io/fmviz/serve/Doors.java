package io.fmviz.serve;

import java.io.IOException;
import java.nio.file.Path;

/** What a browser is started with, for journeys. */
public final class Doors {
  private Doors() {}

  /** A file that leads to an address. */
  public static String file(String address, Path temporary) throws IOException {
    return RedirectFile.to(address, temporary).address();
  }
}
