package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://x.org/a.onnx, https://x.org/a.onnx",
    "s3://bucket/a b.jpg, s3://bucket/a b.jpg",
    "https:/x.org, https://x.org"
  })
  void isToldFromAPath(String given, String address) {
    assertThat(WebAddress.of(Path.of(given))).contains(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "a:b/c.onnx", "x/https://y", "/a/b", ""})
  void isNoOtherPath(String given) {
    assertThat(WebAddress.of(Path.of(given))).isEmpty();
  }

  @Test
  void isNamedWhereAFileIsWanted() {
    Path file = Path.of("https://x.org/a.onnx");
    assertThat(UserException.cannotRead(file, new NoSuchFileException(file.toString())))
        .hasMessage("https://x.org/a.onnx is a URL, not a file: download it, and give its file");
    Path other = Path.of("a.onnx");
    assertThat(UserException.cannotRead(other, new NoSuchFileException(other.toString())))
        .hasMessage("cannot read a.onnx: no such file or folder");
  }
}
