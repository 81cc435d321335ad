package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a': 1}|it is not well formed, at line 1, column 3",
        "[1]|a list where an object belongs, at line 1, column 2",
        "null|null where an object belongs, at line 1, column 5",
        "\"a\"|a string where an object belongs, at line 1, column 2"
      })
  void saysWhatIsWrongWithoutGsonsWords(String json, String fault) {
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    Exception e =
        catchException(
            () -> {
              reader.beginObject();
              reader.nextName();
            });
    assertThat(JsonFault.of(e)).isEqualTo(fault);
  }
}
