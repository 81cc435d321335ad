package io.fmviz.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code scripts/fuzz} starts: Jazzer calls the target that its arguments name. */
public final class Fuzz {
  private static FuzzTarget target;

  private Fuzz() {}

  /** Writes every target's seeds into a folder of its name, and prints the names. */
  public static void main(String[] args) throws IOException {
    for (FuzzTarget each : FuzzTarget.all()) {
      Path folder = Files.createDirectories(Path.of(args[0], each.name(), "seeds"));
      List<byte[]> seeds = each.seeds().get();
      for (int i = 0; i < seeds.size(); i++) {
        Files.write(folder.resolve("seed-" + i), seeds.get(i));
      }
      System.out.println(each.name());
    }
  }

  public static void fuzzerInitialize(String[] args) {
    target = FuzzTarget.named(args[0]);
  }

  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    target.body().run(data);
  }
}
