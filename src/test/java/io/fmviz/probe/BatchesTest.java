package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.TorchFixture;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
  private static final LabeledImages IMAGES = TorchFixture.images();

  private static Network network(int base) {
    return ClassifierNetwork.untrained(Topology.DIGITS.ofBase(base));
  }

  @Test
  void takeTheOrderInPartsAndFillUpTheLast() {
    int[] order = {5, 3, 11, 0, 7, 2, 9};
    Batches batches = Batches.of(IMAGES, order, network(2), List.of(), 3);
    assertThat(batches.size()).isEqualTo(3);
    assertThat(batches.total()).isEqualTo(7);
    List<Batch> all = new ArrayList<>();
    batches.forEachRemaining(all::add);
    assertThat(all).extracting(Batch::first).containsExactly(0, 3, 6);
    assertThat(all).extracting(Batch::count).containsExactly(3, 3, 1);
    assertThat(all).extracting(Batch::size).containsExactly(3, 3, 3);
    assertThat(all.get(0).indices()).containsExactly(5, 3, 11);
    assertThat(all.get(1).indices()).containsExactly(0, 7, 2);
    assertThat(all.get(2).indices()).containsExactly(9, 9, 9);
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void areNoneWithoutImages() {
    assertThat(Batches.of(IMAGES, new int[0], network(2), List.of(), 3).hasNext()).isFalse();
  }

  @Test
  void areAsLargeForOneImageAsForMany() {
    Network network = network(64);
    List<Node> maps = MapNodes.of(network);
    Batch alone = Batches.of(IMAGES, new int[] {4}, network, maps, 128).next();
    assertThat(alone.size()).isEqualTo(68);
    assertThat(alone.count()).isEqualTo(1);
    assertThat(alone.indices()).containsOnly(4);
  }

  /**
   * All maps of a network with base b have 3042 b values for one image, the largest layer 784 b;
   * 2^24 values are held at most, those that are kept and the largest of the others.
   */
  @ParameterizedTest
  @CsvSource({
    "2, true, 128, 128",
    "2, true, 9, 9",
    "43, true, 128, 101",
    "64, true, 128, 68",
    "512, true, 128, 8",
    "512, false, 128, 41",
    "1024, true, 128, 4",
    "1024, false, 1, 1"
  })
  void areAsLargeAsTheNodesAndTheBoundAllow(int base, boolean keeps, int most, int size) {
    Network network = network(base);
    List<Node> chosen = keeps ? MapNodes.of(network) : List.of();
    long kept = chosen.stream().mapToLong(Node::size).sum();
    assertThat(kept).isEqualTo(keeps ? 3042L * base : 0);
    assertThat(Batches.of(IMAGES, new int[] {0}, network, chosen, most).size()).isEqualTo(size);
  }

  /** One image alone has more values than are held. */
  @Test
  void holdOneImageAtLeast() {
    Network network =
        ClassifierNetwork.untrained(
            new ClassifierWidths(Topology.DIGITS, 1, List.of(16_384, 1, 1), 10));
    List<Node> all = network.nodes();
    assertThat(all.stream().mapToLong(Node::size).sum()).isGreaterThan(1 << 24);
    assertThat(Batches.of(IMAGES, new int[] {0}, network, all, 128).size()).isEqualTo(1);
  }
}
