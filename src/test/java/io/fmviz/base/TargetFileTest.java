package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetFileTest {
  @TempDir private Path folder;

  private static AtomicFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesAFileThatIsThereUnlessForced() throws IOException {
    Path file = Files.writeString(folder.resolve("x.pth"), "mine");
    assertThatThrownBy(new TargetFile(file, false)::check)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "cannot write "
                + file
                + Settings.named(
                    ": it already exists; name another file, or give {force} to replace it"));
    new TargetFile(file, true).check();
    new TargetFile(file, true).write(text("ours"));
    assertThat(file).hasContent("ours");
  }

  @Test
  void keepsAFileThatComesMeanwhile() throws IOException {
    Path file = folder.resolve("x.pth");
    TargetFile target = new TargetFile(file, false);
    target.check();
    assertThatThrownBy(
            () ->
                target.write(
                    out -> {
                      out.write('o');
                      Files.writeString(file, "mine");
                    }))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "cannot write "
                + file
                + Settings.named(
                    ": it has appeared meanwhile; move it away, or give {force} to replace it"));
    assertThat(file).hasContent("mine");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void isWrittenByOneOfMany() throws Exception {
    Path file = folder.resolve("x.pth");
    CyclicBarrier all = new CyclicBarrier(4);
    List<Callable<String>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String content = "writer " + i;
      writers.add(
          () -> {
            TargetFile target = new TargetFile(file, false);
            target.check();
            all.await();
            try {
              target.write(text(content));
              return content;
            } catch (UserException e) {
              return e.getMessage();
            }
          });
    }
    List<String> said = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<String> one : threads.invokeAll(writers)) {
        said.add(one.get());
      }
    } finally {
      threads.shutdown();
    }
    assertThat(said).filteredOn(line -> line.startsWith("writer ")).hasSize(1);
    assertThat(said)
        .filteredOn(
            line ->
                line.equals(
                    "cannot write "
                        + file
                        + Settings.named(
                            ": it has appeared meanwhile; move it away, or give {force} to replace it")))
        .hasSize(3);
    assertThat(said).contains(Files.readString(file));
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }
}
