package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.network.Node;
import io.fmviz.network.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of networks that branch; those of the classifier are tested with its top responses. */
class ReceptiveFieldTest {
  private static Node node(Window window, Node... inputs) {
    return new Node(new Node.Name("X", 1, "x"), List.of(inputs), List.of(1, 8, 8), 0, window);
  }

  private final Node stem = node(new Window(3, 2, 1));
  private final Node three = node(new Window(3, 1, 1), stem);

  @Test
  void isKnownWhereAllWaysAgree() {
    Node other = node(new Window(3, 1, 1), stem);
    assertThat(ReceptiveField.of(node(Window.POINT, three, other)))
        .contains(new ReceptiveField(7, 2, 3));
    assertThat(ReceptiveField.of(node(new Window(2, 2, 0), node(Window.POINT, three, other))))
        .contains(new ReceptiveField(9, 4, 3));
  }

  @Test
  void isTheWidestWaysWhereTheyDiffer() {
    assertThat(ReceptiveField.of(node(Window.POINT, three, stem)))
        .contains(new ReceptiveField(7, 2, 3));
    Node shifted = node(new Window(5, 1, 0), stem);
    assertThat(ReceptiveField.of(node(Window.POINT, three, shifted)))
        .contains(new ReceptiveField(13, 2, 3));
  }

  @Test
  void isNotKnownWhereStridesDiffer() {
    Node sum = node(Window.POINT, three, node(new Window(3, 2, 1), stem));
    assertThat(ReceptiveField.of(sum)).isEmpty();
    assertThat(ReceptiveField.of(node(Window.POINT, sum))).isEmpty();
  }

  @Test
  void isFoundAlongAnyNumberOfLayers() {
    Node last = stem;
    for (int i = 0; i < 100_000; i++) {
      last = node(new Window(3, 1, 1), last);
    }
    assertThat(ReceptiveField.of(last)).contains(new ReceptiveField(400_003, 2, 200_001));
  }

  @Test
  void isNotKnownWhereItIsLargerThanAnyImage() {
    Node last = stem;
    for (int i = 0; i < 40; i++) {
      last = node(new Window(2, 2, 0), last);
    }
    assertThat(ReceptiveField.of(last)).isEmpty();
  }

  @Test
  void isNotKnownBehindANodeWithoutAWindow() {
    assertThat(ReceptiveField.of(node(null))).isEmpty();
    assertThat(ReceptiveField.of(node(Window.POINT, node(null)))).isEmpty();
  }

  /** Each of 64 sums has two ways to the one before: 2^64 in all. */
  @Test
  void looksAtEachNodeOnce() {
    Node last = stem;
    for (int i = 0; i < 64; i++) {
      last = node(Window.POINT, node(Window.POINT, last), node(Window.POINT, last));
    }
    assertThat(ReceptiveField.of(last)).contains(new ReceptiveField(3, 2, 1));
  }
}
