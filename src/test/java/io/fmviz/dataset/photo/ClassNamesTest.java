package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        "{\"cat\": 1}|its JSON is neither a list of names nor id2label"
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
  void refusesMoreNamesThanAnyNetworkHas() throws IOException {
    for (String text : List.of("a\n".repeat(1_000_001), "names:\n" + "- a\n".repeat(1_000_001))) {
      Path file = write(text);
      assertThatThrownBy(() -> ClassNames.read(file))
          .hasMessageContaining(
              " holds no class names: it has more than 1,000,000 lines or names;");
    }
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cat\": 0, \"blue jay\": 2, \"dog, hound\": 1}",
        "{\"class_to_idx\": {\"cat\": 0, \"dog, hound\": 1, \"blue jay\": 2}}",
        "{\"model\": 3, \"names\": [\"cat\", \"dog, hound\", \"blue jay\"]}",
        "{\"names\": {\"0\": \"cat\", \"1\": \"dog, hound\", \"2\": \"blue jay\"}}",
        "[[\"cat\"], [\"dog\", \"hound\"], [\"blue jay\"]]",
        "[{\"name\": \"cat\"}, {\"name\": \"dog, hound\"}, {\"name\": \"blue jay\"}]",
        "{\"categories\": [{\"id\": 3, \"name\": \"blue jay\"}, {\"id\": 1, \"name\": \"cat\"}, {\"id\": 2, \"name\": \"dog, hound\"}]}",
        "{0: 'cat',\n 2: 'blue jay',\n 1: 'dog, hound'}\n",
        "['cat', \"dog, hound\", 'blue jay']",
        "CLASSES = [\n    'cat',\n    'dog, hound',\n    'blue jay',\n]\n",
        "{'cat': 0, 'dog, hound': 1, 'blue jay': 2}",
        "0 cat\n1 dog, hound\n2 blue jay\n",
        "1: cat\n2: dog, hound\n3: blue jay\n",
        "2\tblue jay\n0\tcat\n1\tdog, hound\n",
        "0, cat\n1, dog, hound\n2, blue jay",
        "cat,0\ndog, hound,1\nblue jay,2",
        "# data\ntrain: images/train\nnc: 3\nnames:\n  0: cat\n  1: dog, hound # the second\n  2: 'blue jay'\nval: x\n",
        "names:\n- cat\n- \"dog, hound\"\n\n- blue jay\nnc: 3\n",
        "names: ['cat', \"dog, hound\", blue jay]\n",
        "path: /x\nnames: [cat,\n  'dog, hound', # two\n  blue jay,]\n",
        "names: {0: cat, 1: 'dog, hound', 2: blue jay}\n",
        "names: {cat: 0, 'dog, hound': 1, blue jay: 2}\n",
        "classes: 3\nnames:\n    - cat\n    - dog, hound\n    - blue jay\n",
        "names:\n-\tcat\n- dog, hound\n-\tblue jay\n---\n- x\n",
        "names: {'0': cat, '2': blue jay, '1': 'dog, hound'}\n"
      })
  void readsTheFormsThatPeopleHave(String text) throws IOException {
    assertThat(ClassNames.read(write(text))).containsExactly("cat", "dog, hound", "blue jay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void readsWhatWindowsWrites(String charset) throws IOException {
    Path file = folder.resolve("names");
    Files.write(file, "\ufeffcat\r\ncafé\r\n".getBytes(Charset.forName(charset)));
    assertThat(ClassNames.read(file)).containsExactly("cat", "café");
  }

  @Test
  void readsImageNetsNumbersOfSynsetsWithTheirNames() throws IOException {
    String json = "{\"0\": [\"n01440764\", \"tench\"], \"1\": [\"n01443537\", \"goldfish\"]}";
    assertThat(ClassNames.read(write(json)))
        .containsExactly("n01440764 tench", "n01443537 goldfish");
    assertThat(ClassNames.read(write("n01440764 tench, Tinca tinca\nn01443537 goldfish\n")))
        .containsExactly("n01440764 tench, Tinca tinca", "n01443537 goldfish");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sign 0\nsign 1", "0 a\n0 b", "1 a\n3 b", "2 wheels\n3 wheels", "a: 0\nb: 2"})
  void leavesNamesWithNumbersOfTheirOwn(String text) throws IOException {
    assertThat(ClassNames.read(write(text))).isEqualTo(text.lines().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "names: [a, b%n|line 1 begins brackets that nothing closes",
        "names: [[a]]%n|line 1 has brackets in brackets",
        "names:%n  0: a%n  2: b%n|line 2 and those after it don't number every class from 0 on once",
        "names:%n  - &a a%n  - *a%n|line 2 is no plain name",
        "names:%n  - name: a%n|line 2 is a map in a list",
        "names:%n  - a%n   - b%n|line 3 is indented in another way",
        "names:%n  - 'a%n|line 2 has a quote that nothing closes",
        "names:%n  - \"a\" b\"%n|line 2 has quotes within quotes",
        "names:%n  a%n|line 2 is neither an item nor a pair",
        "names:%n  a: b%n|line 2 has no number",
        "names:%n- cat%n-%n- dog%n|line 3 has no name",
        "names:%n- # none%n- dog%n|line 2 has no name",
        "names:%n  -%n  - dog%n|line 2 has no name",
        "class_to_idx:%n  0: cat%n|line 2 has no number"
      })
  void saysWhichLineOfYamlIsNotUnderstood(String text, String reason) throws IOException {
    Path file = write(text.formatted());
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " holds no class names: as YAML, "
                + reason
                + "; give one per line, or JSON such as transformers' id2label");
  }

  /** As PyYAML writes torchvision's, in the order of text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "class_to_idx:\n  '0': 0\n  '1': 1\n  '10': 2\n  '2': 3\n",
        "class_to_idx: {0: 0, 1: 1, 10: 2, 2: 3}\n",
        "names:\n  '0': 0\n  '1': 1\n  '10': 2\n  '2': 3\n",
        "id2label:\n  0: '0'\n  1: '1'\n  2: '10'\n  3: '2'\n"
      })
  void readsNamesThatAreNumbers(String text) throws IOException {
    assertThat(ClassNames.read(write(text))).containsExactly("0", "1", "10", "2");
  }

  @Test
  void yamlWithoutNamesHasNone() throws IOException {
    Path file = Files.writeString(folder.resolve("data.yaml"), "train: x\nnc: 3\nnames: x.txt\n");
    assertThatThrownBy(() -> ClassNames.read(file))
        .hasMessageContaining("it has no names: with a list or a map behind it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "{", "names: [", "- ", "'", "0 ", "names:\n", "{a: \"", ":", "a:", "\n  - a"})
  void hostileFilesEndSoonInOneLine(String part) throws IOException {
    for (String begin : List.of("", "names: ", "names:\n  ", "CLASSES = ")) {
      Path file = write(begin + part.repeat(400_000));
      try {
        assertThat(ClassNames.read(file)).isNotEmpty();
      } catch (UserException e) {
        assertThat(e.getMessage()).doesNotContain("\n").startsWith(file.toString());
      }
    }
  }
}
