package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.PeerModels.Peer;
import io.fmviz.network.onnx.PeerModels.Values;
import io.fmviz.probe.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ONNX's own tests that have a convolution, from Debian's libonnx-testdata, in the folder that the
 * environment names: {@code /usr/share/libonnx-testdata/data}.
 */
@EnabledIfEnvironmentVariable(named = "FMVIZ_ONNX_TESTDATA", matches = ".+")
class OnnxTestDataTest {
  /** Of a tensor's largest value. */
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder;

  static List<Peer> peers() throws IOException {
    return PeerModels.convolutions(Path.of(System.getenv("FMVIZ_ONNX_TESTDATA")));
  }

  static Stream<Peer> withMaps() throws IOException {
    return peers().stream().filter(OnnxTestDataTest::takesMaps);
  }

  static Stream<Peer> others() throws IOException {
    return peers().stream().filter(peer -> !takesMaps(peer));
  }

  private static boolean takesMaps(Peer peer) {
    return peer.input() != null && peer.input().rank() == 4;
  }

  private Path file(Peer peer) throws IOException {
    return Files.write(folder.resolve(peer.name() + ".onnx"), peer.model().toByteArray());
  }

  @Test
  void thereAreFifty() throws IOException {
    assertThat(peers()).hasSize(50);
    assertThat(withMaps()).hasSize(29);
  }

  @ParameterizedTest
  @MethodSource("withMaps")
  void showsEveryMapUnderItsTensor(Peer peer) throws Exception {
    Map<String, Values> shown = shown(peer);
    Map<String, Values> expected = PeerModels.tensors(peer);
    expected.values().removeIf(values -> values.rank() != 4);
    assertThat(expected).isNotEmpty();
    assertThat(shown.keySet()).containsAll(expected.keySet());
    expected.forEach((tensor, values) -> assertSame(tensor, shown.get(tensor), values));
    peer.outputs().forEach((tensor, values) -> assertSame(tensor, shown.get(tensor), values));
  }

  @ParameterizedTest
  @MethodSource("others")
  void saysInOneLineWhatItCantTake(Peer peer) throws IOException {
    Path file = file(peer);
    assertThatThrownBy(() -> OnnxModel.read(file).network(1, 8, 8, false))
        .isInstanceOfAny(UserException.class, InvalidValueException.class)
        .message()
        .contains(file.toString())
        .hasLineCount(1);
  }

  private Map<String, Values> shown(Peer peer) throws IOException {
    long[] shape = peer.input().shape();
    Images images =
        new FloatImages(peer.input().values(), (int) shape[1], (int) shape[2], (int) shape[3]);
    OnnxNetwork network =
        OnnxModel.read(file(peer))
            .network(images.channels(), images.height(), images.width(), false);
    Map<String, Values> shown = new HashMap<>();
    try (Session session = network.start(Compute.onCpu(1))) {
      Probe probe = new Probe(session, images, network.nodes());
      probe.run(
          probe.all(),
          new Probe.Consumer() {
            @Override
            public void node(Node node, Batch batch, int[] shape, float[] values) {
              put(shown, node, batch, images.count(), values);
            }
          },
          (done, total) -> {});
    }
    return shown;
  }

  private static void put(
      Map<String, Values> shown, Node node, Batch batch, int count, float[] values) {
    int size = Math.toIntExact(node.size());
    Values all =
        shown.computeIfAbsent(
            node.tensor().orElseThrow(),
            tensor ->
                new Values(
                    new long[] {count, node.channels(), node.height(), node.width()},
                    new float[count * size]));
    System.arraycopy(values, 0, all.values(), batch.first() * size, batch.count() * size);
  }

  private static void assertSame(String tensor, Values actual, Values expected) {
    assertThat(actual.shape()).as(tensor).isEqualTo(expected.shape());
    double largest = 0;
    double apart = 0;
    for (int i = 0; i < expected.values().length; i++) {
      largest = Math.max(largest, Math.abs(expected.values()[i]));
      apart = Math.max(apart, Math.abs(actual.values()[i] - (double) expected.values()[i]));
    }
    assertThat(apart).as(tensor).isLessThanOrEqualTo(TOLERANCE * largest);
  }
}
