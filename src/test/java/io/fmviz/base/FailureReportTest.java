package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureReportTest {
  private static String line(Throwable failure) {
    return new FailureReport(failure, false).line();
  }

  @Test
  void aFailureIsTheFirstLineOfWhatItSays() {
    assertThat(line(new IllegalStateException("a fault\nof two lines")))
        .isEqualTo(Settings.named("unexpected: a fault; {verbose} shows where"));
    assertThat(line(new IllegalStateException("\u001b[2J")))
        .isEqualTo(Settings.named("unexpected: ?[2J; {verbose} shows where"));
  }

  @Test
  void oneThatSaysNothingIsCalledByItsType() {
    assertThat(line(new StackOverflowError()))
        .isEqualTo(Settings.named("unexpected: StackOverflowError; {verbose} shows where"));
  }

  @Test
  void whatToDoWithoutMemoryIsKnown() {
    assertThat(line(new OutOfMemoryError("Java heap space")))
        .isEqualTo("out of memory; give Java more with java -Xmx, or take smaller batches");
  }

  @Test
  void whereItHappenedIsShownIfThatIsAskedFor() {
    IllegalStateException failure = new IllegalStateException("a fault");
    assertThat(new FailureReport(failure, false).trace()).isEmpty();
    FailureReport traced = new FailureReport(failure, true);
    assertThat(traced.line()).isEqualTo("unexpected: a fault");
    assertThat(traced.trace())
        .startsWith("java.lang.IllegalStateException: a fault")
        .contains("FailureReportTest.whereItHappened");
  }
}
