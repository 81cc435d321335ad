package io.fmviz.network.onnx;

import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels that are zero while a network runs. */
class MasksTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

  private Session session;
  private Batch batch;
  private List<Node> nodes;
  private Node first;

  @BeforeEach
  void start() {
    OnnxFixture fixture = OnnxFixture.of("preserved");
    OnnxNetwork network = fixture.network();
    session = network.start(Compute.onCpu(1));
    batch = fixture.batch(2);
    nodes = network.nodes().stream().filter(Node::hasMaps).toList();
    first = nodes.get(0);
  }

  @AfterEach
  void stop() {
    session.close();
  }

  private Map<Node, float[]> outputs(Map<Node, Set<Integer>> off) {
    Map<Node, float[]> outputs = new HashMap<>();
    session.run(
        batch,
        off,
        Set.copyOf(nodes),
        (node, values) -> {
          float[] copy = new float[values.remaining()];
          values.get(copy);
          outputs.put(node, copy);
        });
    return outputs;
  }

  @Test
  void theAnswerIsThatOfTheRestWithoutTheChannel() {
    float[] off = session.run(batch, Map.of(first, Set.of(1)), Set.of(), (node, values) -> {});
    try (ResumableBatch resumable = session.resumable(batch, Set.of(first))) {
      assertThat(off).containsExactly(resumable.withoutEach(first, 1, 1), CLOSE);
      assertThat(off).isNotEqualTo(resumable.logits());
    }
  }

  @Test
  void listenersHearZerosOfTheChannelAndNothingElseChangesInItsLayer() {
    Map<Node, float[]> all = outputs(Map.of());
    Map<Node, float[]> some = outputs(Map.of(first, Set.of(0, 2)));
    int map = first.height() * first.width();
    for (int i = 0; i < all.get(first).length; i++) {
      int channel = i / map % first.channels();
      float expected = channel == 0 || channel == 2 ? 0 : all.get(first)[i];
      assertThat(some.get(first)[i]).isCloseTo(expected, CLOSE);
    }
    Node next = nodes.get(1);
    assertThat(some.get(next)).isNotEqualTo(all.get(next));
  }

  @Test
  void allAreOnAgainInTheNextRun() {
    float[] before = session.run(batch, Set.of(first), (node, values) -> {});
    outputs(Map.of(first, Set.of(0), nodes.get(1), Set.of(1)));
    assertThat(session.run(batch, Set.of(first), (node, values) -> {})).isEqualTo(before);
  }

  /** The logarithm of zero is infinite, that of -1 NaN. */
  @ParameterizedTest
  @ValueSource(longs = {17, 9})
  void aMaskedChannelIsZeroWhateverItsValuesAre(long operatorSet, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("log.onnx");
    Files.write(
        file,
        new SmallModel(node("Log", "l", "x"), node("Neg", "y", "l"))
            .ofOperatorSet(operatorSet)
            .bytes());
    float[] pixels = new float[3 * 64];
    Arrays.fill(pixels, 0, 64, -1);
    Arrays.fill(pixels, 128, 192, 2);
    Batch image = Batch.of(new FloatImages(pixels, 3, 8, 8), new int[] {0}, 0, 1);
    OnnxNetwork network = OnnxModel.read(file).network(3, 8, 8, false);
    Node log = network.nodes().get(0);
    Node last = network.nodes().get(1);
    Map<Node, float[]> heard = new HashMap<>();
    try (Session logs = network.start(Compute.onCpu(1))) {
      logs.run(
          image,
          Map.of(log, Set.of(0, 1)),
          Set.of(log, last),
          (node, values) -> {
            float[] copy = new float[values.remaining()];
            values.get(copy);
            heard.put(node, copy);
          });
    }
    float[] expected = new float[3 * 64];
    Arrays.fill(expected, 128, 192, heard.get(log)[128]);
    assertThat(heard.get(log)[128]).isCloseTo((float) Math.log(2), CLOSE);
    assertThat(heard.get(log)).isEqualTo(expected);
    assertThat(heard.get(last)[0]).isEqualTo(-0f);
  }

  @Test
  void layersOfOtherNumbersThanFloat32CannotBeMasked(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("half.onnx");
    Files.write(
        file,
        new SmallModel(with(node("Cast", "h", "x"), "to", 10), node("Neg", "y", "h")).bytes());
    OnnxNetwork network = OnnxModel.read(file).network(3, 8, 8, false);
    Batch image = Batch.of(new FloatImages(new float[192], 3, 8, 8), new int[] {0}, 0, 1);
    Node last = network.nodes().get(0);
    try (Session halves = network.start(Compute.onCpu(1))) {
      assertThatThrownBy(
              () -> halves.run(image, Map.of(last, Set.of(0)), Set.of(last), (node, values) -> {}))
          .isInstanceOf(UserException.class)
          .hasMessage("channels of Neg_1 can't be switched off: they are not float32");
    }
  }
}
