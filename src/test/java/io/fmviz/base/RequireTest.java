package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RequireTest {
  @Test
  void saysWhatIsWrongWithWhichValue() {
    assertRefused(
        () -> Require.that(false, "batchSize", "must be at least %d, not %s", 1, -1),
        Settings.named("{batchSize} must be at least 1, not -1"));
    assertRefused(
        () -> Require.atLeast(1, 0, "samples"),
        Settings.named("{samples} must be at least 1, not 0"));
    assertRefused(
        () -> Require.within(1, 9, 10, "count"),
        Settings.named("{count} must be from 1 to 9, not 10"));
    assertRefused(
        () -> Require.within(1, 9, 0, "count"),
        Settings.named("{count} must be from 1 to 9, not 0"));
    assertRefused(
        () -> Require.share(1, 1.5, "below"),
        Settings.named("{below} must be from 0 to 1, not 1.5"));
    assertRefused(
        () -> Require.share(100, Double.NaN, "below"),
        Settings.named("{below} must be from 0 to 100, not NaN"));
  }

  private static void assertRefused(ThrowingCallable check, String message) {
    assertThatThrownBy(check).isInstanceOf(InvalidValueException.class).hasMessage(message);
  }

  @Test
  void takesWhatIsRightAndWhatIsNotGiven() {
    assertThatCode(
            () -> {
              Require.that(true, "batchSize", "never said");
              Require.atLeast(1, 1, "samples");
              Require.atLeast(1, null, "samples");
              Require.within(1, 9, 9, "count");
              Require.within(1, 9, null, "count");
              Require.share(1, 1.0, "below");
              Require.share(1, null, "below");
            })
        .doesNotThrowAnyException();
  }
}
