package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserExceptionTest {
  @Test
  void isOneLineWhateverNamesItHolds() {
    assertThat(new UserException("the tensor a\r\nb\u001b[2Jc\u2028d \u00e9"))
        .hasMessage("the tensor a??b?[2Jc?d \u00e9");
  }

  @Test
  void isShortHoweverLongTheNamesAre() {
    String message = new UserException("begins " + "x".repeat(5_000_000) + " ends").getMessage();
    assertThat(message).startsWith("begins xxx").endsWith("xxx ends").hasSize(2_005);
  }

  @Test
  void ofNulOnlyWhatMarksASettingStays() {
    String name = "a\0 b\0";
    UserException e =
        new UserException(Settings.named("%s is there: give {force}").formatted(name));
    assertThat(Settings.bare(e.getMessage())).isEqualTo("a? b? is there: give force");
  }
}
