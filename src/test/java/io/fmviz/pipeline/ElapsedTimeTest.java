package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ElapsedTimeTest {
  /** Keeps the steps, and lets go of who waits for the second. */
  private static final class Steps implements Progress {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch two = new CountDownLatch(2);

    @Override
    public void note(String line) {}

    @Override
    public void warn(String line) {}

    @Override
    public void result(String line) {}

    @Override
    public void step(String task, long done, long total, String detail) {
      told.add(task + " " + done + "/" + total + detail);
      two.countDown();
    }
  }

  @Test
  void stepsAreToldAsLongAsTheWorkTakes() {
    Steps steps = new Steps();
    String result =
        ElapsedTime.during(
            "reading",
            steps,
            () -> {
              try {
                steps.two.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return "read";
            });
    assertThat(result).isEqualTo("read");
    assertThat(steps.told).hasSizeGreaterThanOrEqualTo(2).containsOnly("reading 0/0");
  }

  @Test
  void whatWorkThrowsIsThrown() {
    assertThatThrownBy(
            () ->
                ElapsedTime.during(
                    "reading",
                    new Steps(),
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no");
  }
}
