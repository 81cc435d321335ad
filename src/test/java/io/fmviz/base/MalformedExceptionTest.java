package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class MalformedExceptionTest {
  @Test
  void saysAtWhichByteAndWhy() {
    MalformedException e =
        catchThrowableOfType(
            MalformedException.class,
            () -> MalformedException.verify(false, 5_000_000_000L, "it is %d, not %s", 3, "50%"));
    assertThat(e).hasMessage("at byte 5000000000, it is 3, not 50%");
    assertThat(e.offset()).isEqualTo(5_000_000_000L);
    assertThat(e.reason()).isEqualTo("it is 3, not 50%");
  }

  @Test
  void saysWhyAloneWhereThereIsNoPlace() {
    MalformedException e =
        catchThrowableOfType(
            MalformedException.class, () -> MalformedException.verify(false, "it is no 100%"));
    assertThat(e).hasMessage("it is no 100%");
    assertThat(e.offset()).isEqualTo(-1);
    assertThatThrownBy(() -> MalformedException.verify(false, "it has %d bytes", 1000))
        .hasMessage("it has 1000 bytes");
  }

  @Test
  void letsPassWhatIsAsItShouldBe() {
    MalformedException.verify(true, 0, "no %d");
    MalformedException.verify(true, "no %d");
  }
}
