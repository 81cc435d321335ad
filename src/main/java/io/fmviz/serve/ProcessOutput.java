package io.fmviz.serve;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a small program of the system's says. */
final class ProcessOutput {
  private static final int PATIENCE_SECONDS = 3;
  private static final int MOST_BYTES = 1000;

  private ProcessOutput() {}

  /** Its output without blanks around it; empty where there is no such program, or it hangs. */
  static String of(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
