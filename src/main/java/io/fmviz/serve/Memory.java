package io.fmviz.serve;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of this process, the engine's too, and of the machine or container. */
final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d{1,15}) kB");

  private Memory() {}

  /** What this process holds, in bytes; 0 where the system doesn't tell, as outside of Linux. */
  static long used() {
    try {
      Matcher found = RESIDENT.matcher(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
      return found.find() ? Long.parseLong(found.group(1)) << 10 : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** What there is, in bytes. */
  static long total() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
