package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.network.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerSelectionTest {
  private static final List<Node> LAYERS =
      List.of(
          node("Conv2d", 1, "net.0"),
          node("ReLU", 1, "net.1"),
          node("Conv2d", 2, "net.2"),
          node("ReLU", 2, "net.3"),
          node("Linear", 1, "fc"));

  private static Node node(String type, int index, String path) {
    return new Node(new Node.Name(type, index, path), List.of(), List.of(1), 0, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Conv2d_2|Conv2d_2",
        "Conv2d|Conv2d_1 Conv2d_2",
        "ReLU_*|ReLU_1 ReLU_2",
        "R*|ReLU_1 ReLU_2",
        "*_1|Conv2d_1 ReLU_1 Linear_1",
        "Conv?d_2|Conv2d_2",
        "*|Conv2d_1 ReLU_1 Conv2d_2 ReLU_2 Linear_1",
        "ReLU_2 , Conv2d_1,ReLU|Conv2d_1 ReLU_1 ReLU_2",
        "net.2|Conv2d_2",
        "net|Conv2d_1 ReLU_1 Conv2d_2 ReLU_2",
        "net.?,fc|Conv2d_1 ReLU_1 Conv2d_2 ReLU_2 Linear_1",
        "f*|Linear_1",
      })
  void choosesByNameGlobTypeAndPathInForwardOrder(String entries, String chosen) {
    assertThat(LayerSelection.of(List.of(entries)).choose(LAYERS))
        .extracting(Node::name)
        .containsExactly(chosen.split(" "));
  }

  /** Such a path has a container at each dot. */
  @Test
  void findsAContainerOnALongPath() {
    Node deep = node("ReLU", 1, "a.".repeat(50_000) + "b");
    assertThat(LayerSelection.of(List.of("a.".repeat(20_000) + "a")).matches(deep)).isTrue();
    assertThat(LayerSelection.of(List.of("*".repeat(20) + "a.a")).matches(deep)).isTrue();
    assertThat(LayerSelection.of(List.of("*a".repeat(20) + "Q")).matches(deep)).isFalse();
  }

  @Test
  void joinsSeveralLists() {
    LayerSelection selection = LayerSelection.of(List.of("ReLU_2", "Linear,Conv2d_1"));
    assertThat(selection.entries()).containsExactly("ReLU_2", "Linear", "Conv2d_1");
    assertThat(selection.choose(LAYERS).stream().map(Node::name))
        .containsExactly("Conv2d_1", "ReLU_2", "Linear_1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Conv2d_3",
        "conv2d",
        "Conv2d_",
        "Conv.d",
        "ReLU_[12]",
        "Linear_1x",
        "net.",
        "ne",
        "net.9",
        "0"
      })
  void refusesAnEntryThatChoosesNothingAndListsTheLayers(String entry) {
    LayerSelection selection = LayerSelection.of(List.of("Conv2d_1," + entry));
    assertThatThrownBy(() -> selection.choose(LAYERS))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith(Settings.named("{layers}: there is no layer ") + entry + "; ")
        .hasMessageEndingWith("there are Conv2d_1, ReLU_1, Conv2d_2, ReLU_2, Linear_1");
  }

  @ParameterizedTest
  @CsvSource({
    "relu_2, ReLU_2",
    "RELU, ReLU",
    "relu_*, ReLU_1 or ReLU_2",
    "ReLU2, ReLU_2 or ReLU or ReLU_1",
    "Liner_1, Linear_1 or Linear",
    "NET, net"
  })
  void asksWhetherAnotherWasMeant(String entry, String meant) {
    assertThatThrownBy(() -> LayerSelection.of(List.of(entry)).choose(LAYERS))
        .hasMessage(
            Settings.named("{layers}: there is no layer ")
                + entry
                + "; did you mean "
                + meant
                + "? there are Conv2d_1, ReLU_1, Conv2d_2, ReLU_2, Linear_1");
  }

  @Test
  void theFilesNamesCountWhereNoneOfFmvizsIsCalledSo() {
    Node first = called("Add", 1, "Add_0");
    Node second = called("Add", 2, "Add_1");
    List<Node> nodes = List.of(first, second);
    assertThat(LayerSelection.of(List.of("Add_1")).choose(nodes)).containsExactly(first);
    assertThat(LayerSelection.of(List.of("Add_0")).choose(nodes)).containsExactly(first);
    assertThat(LayerSelection.of(List.of("Add_2")).choose(nodes)).containsExactly(second);
    assertThat(LayerSelection.of(List.of("t2")).choose(nodes)).containsExactly(second);
  }

  private static Node called(String type, int index, String operator) {
    return new Node(
        new Node.Name(type, index, "path" + index),
        List.of(),
        List.of(1),
        0,
        null,
        new Node.Traits("t" + index, List.of(operator), null, null, Node.Kind.OTHER));
  }

  @Test
  void ofManyLayersNamesTheFiveThatAreMostAlike() {
    List<Node> many = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      many.add(node("Conv2d", i, "c." + i));
      many.add(node("ReLU", i, "r." + i));
    }
    assertThatThrownBy(() -> LayerSelection.of(List.of("ReLU_21")).choose(many))
        .hasMessage(
            Settings.named(
                "{layers}: there is no layer ReLU_21; there are ReLU_1, ReLU_2, ReLU_10, ReLU_11,"
                    + " ReLU_12 and 35 more, which fmviz summary lists"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Conv2d_3", "ReLU_12", "Foo", "net.9"})
  void guessesNoNumbers(String entry) {
    assertThatThrownBy(() -> LayerSelection.of(List.of(entry)).choose(LAYERS))
        .hasMessage(
            Settings.named("{layers}: there is no layer ")
                + entry
                + "; there are Conv2d_1, ReLU_1, Conv2d_2, ReLU_2, Linear_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Conv2d,", ",ReLU", "Conv2d,,ReLU"})
  void refusesAnEmptyEntry(String entries) {
    assertThatThrownBy(() -> LayerSelection.of(List.of(entries)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            Settings.named(
                    "{layers} takes names, paths, globs and types separated by commas, such as")
                + " Conv2d_2,ReLU_*,net.3,MaxPool2d; it has an empty entry");
  }
}
