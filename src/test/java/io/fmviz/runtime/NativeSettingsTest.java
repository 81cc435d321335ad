package io.fmviz.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NativeSettingsTest {
  @Test
  void asksForHugePagesUnderMemoryToComeIfTheKernelHasThem() throws IOException {
    NativeSettings.apply();
    NativeSettings.useHugePages(1);
    if (Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage"))) {
      assertThat(kilobytesForHugePages()).isGreaterThanOrEqualTo(28 << 10);
    } else {
      assertThat(kilobytesForHugePages()).isZero();
    }
  }

  /** How much of this process's memory is marked so, "hg" among the flags. */
  private static long kilobytesForHugePages() throws IOException {
    long size = 0;
    long marked = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      String[] words = line.split("\\s+", -1);
      if (words[0].equals("Size:")) {
        size = Long.parseLong(words[1]);
      } else if (words[0].equals("VmFlags:") && line.contains(" hg")) {
        marked += size;
      }
    }
    return marked;
  }
}
