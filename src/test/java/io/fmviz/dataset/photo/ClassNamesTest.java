package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {
  @TempDir private Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("names"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat\ndog, hound\nblue jay",
        "\ufeffcat\r\ndog, hound \r\nblue jay\r\n\r\n",
        "[\"cat\", \"dog, hound\", \"blue jay\"]",
        "{\"0\": \"cat\", \"2\": \"blue jay\", \"1\": \"dog, hound\"}",
        " {\"model_type\": \"vit\", \"id2label\": {\"0\": \"cat\", \"1\": \"dog, hound\", \"2\":"
            + " \"blue jay\"}}",
        "{\"pretrained_cfg\": {\"label_names\": [\"cat\", \"dog, hound\", \"blue jay\"]}}"
      })
  void readsLinesAndJson(String text) throws IOException {
    assertThat(ClassNames.read(write(text))).containsExactly("cat", "dog, hound", "blue jay");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it is empty",
        "a%n%nb|class 1 has none",
        "[]|it is empty",
        "[1]|its JSON is neither a list of names nor id2label",
        "{}|it is empty",
        "{\"0\": \"a\", \"2\": \"b\"}|its JSON is neither a list of names nor id2label",
        "{\"0\": \"a\", \"00\": \"b\"}|its JSON is neither a list of names nor id2label",
        "{\"99999999999\": \"a\"}|its JSON is neither a list of names nor id2label",
        "{\"cat\": 0}|its JSON is neither a list of names nor id2label"
      })
  void saysInOneLineWhatIsWrong(String text, String reason) throws IOException {
    Path file = write(text.formatted());
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " holds no class names: "
                + reason
                + "; give one per line, or JSON such as transformers' id2label");
  }

  @ParameterizedTest
  @CsvSource({"3, a number", "null, null", "'\"cat\"', a string", "false, false"})
  void saysWhatAJsonFileHolds(String text, String kind) throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), text);
    String message =
        "%s holds no class names: its JSON is %s; give one per line, or JSON such as transformers' id2label"
            .formatted(file, kind);
    assertThatThrownBy(() -> ClassNames.read(file)).hasMessage(message);
    assertThat(ClassNames.find(folder.resolve("model.onnx"), Map.of())).isEmpty();
  }

  @Test
  void refusesBrokenJsonWithOneLine() throws IOException {
    Path file = write("{\"0\": ");
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is not JSON: it ends early");
  }

  @Test
  void neverGivesControlCharacters() throws IOException {
    assertThat(ClassNames.read(write("[\"a\\u001b[2Jb\\n\"]"))).containsExactly("a?[2Jb?");
  }

  @Test
  void findsThoseThatComeWithAModel() throws IOException {
    Path model = folder.resolve("model.onnx");
    assertThat(ClassNames.find(model, Map.of())).isEmpty();
    Files.writeString(folder.resolve("config.json"), "{\"id2label\": {\"0\": \"x\"}}");
    assertThat(ClassNames.find(model, Map.of())).containsExactly("x");
    assertThat(ClassNames.find(model, Map.of("names", "{0: 'y'}"))).containsExactly("y");
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\"}");
    assertThat(ClassNames.find(model, Map.of())).isEmpty();
  }

  @Test
  void readsAPythonDict() {
    assertThat(
            PythonNames.parse(
                "{0: 'person', 1: \"potter's wheel\", 2: 'a\\'b\\\\c', 3: 'caf\\xe9', 4:"
                    + " '\\u65e5',}"))
        .containsExactly("person", "potter's wheel", "a'b\\c", "café", "日");
    assertThat(PythonNames.parse("['a', 'b']")).containsExactly("a", "b");
    assertThat(PythonNames.parse("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{0",
        "{0:",
        "{0: 'a",
        "{0: 'a'",
        "{1: 'a'}",
        "{0: 'a', 2: 'b'}",
        "{0: __import__('os').system('x')}",
        "{0: 'a'} + x",
        "{0: 'a' 1: 'b'}",
        "{-1: 'a'}",
        "{99999999999: 'a'}",
        "{0: '\\x",
        "{0: '\\U99999999'}",
        "{0: b'a'}",
        "x"
      })
  void takesNothingElseOfPythons(String text) {
    assertThat(PythonNames.parse(text)).isEmpty();
  }
}
