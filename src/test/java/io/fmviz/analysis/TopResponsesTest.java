package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.ChannelsFixture;
import io.fmviz.Nodes;
import io.fmviz.TorchFixture;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.Topology;
import io.fmviz.probe.Probe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Top responses and receptive fields of the fixture's network, against PyTorch and by perturbing.
 */
class TopResponsesTest {
  private final Network fixture = TorchFixture.network("before.");

  private interface Listener {
    void heard(int[] images, int[] shape, float[] values);
  }

  private static void run(Network network, Images images, String layer, Listener listener) {
    try (Session session = network.start(Compute.onCpu(2))) {
      Probe probe = new Probe(session, images, List.of(Nodes.named(network, layer)));
      probe.run(
          probe.all(),
          new Probe.Consumer() {
            @Override
            public void node(Node node, Batch batch, int[] shape, float[] values) {
              listener.heard(batch.indices(), shape, values);
            }
          },
          (done, total) -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Conv2d_1",
        "ReLU_1",
        "MaxPool2d_1",
        "Conv2d_2",
        "ReLU_2",
        "MaxPool2d_2",
        "Conv2d_3",
        "ReLU_3",
        "AdaptiveAvgPool2d_1"
      })
  void findsTheImagesAndPositionsThatPyTorchFinds(String layer) {
    int channels = (int) TorchFixture.shape("top." + layer)[0];
    int width = (int) TorchFixture.shape("out." + layer)[3];
    TopResponses top = new TopResponses(channels, 3);
    run(fixture, TorchFixture.images(), layer, top::add);
    float[] expected = TorchFixture.floats("top." + layer);
    int compared = 0;
    for (int c = 0; c < channels; c++) {
      List<TopResponses.Response> found = top.responses().get(c);
      for (int k = 0; k < 3; k++) {
        float value = expected[(c * 3 + k) * 3];
        if (value <= 0) {
          assertThat(found).as("channel %d", c).hasSizeLessThanOrEqualTo(k);
          continue;
        }
        TopResponses.Response r = found.get(k);
        assertThat(r.value()).isCloseTo(value, within(1e-5f));
        assertThat(r.image()).isEqualTo((int) expected[(c * 3 + k) * 3 + 1]);
        assertThat(r.row() * width + r.column()).isEqualTo((int) expected[(c * 3 + k) * 3 + 2]);
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void keepsTheEarlierOfEqualsAndNothingThatIsNotAboveZero() {
    TopResponses top = new TopResponses(2, 2);
    top.add(
        new int[] {0, 1},
        new int[] {2, 2, 1, 2},
        new float[] {1, 1, -1, 0, 2, 3, Float.NaN, Float.NaN, 99});
    top.add(new int[] {2}, new int[] {1, 2, 1, 2}, new float[] {1, 1, 0, -2});
    top.add(new int[] {3}, new int[] {1, 2, 1, 2}, new float[] {3, 2, 0, -2});
    assertThat(top.responses().get(0))
        .containsExactly(
            new TopResponses.Response(1, 3, 0, 1), new TopResponses.Response(3, 3, 0, 0));
    assertThat(top.responses().get(1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Conv2d_1, 3, 1, 1",
    "ReLU_1, 3, 1, 1",
    "MaxPool2d_1, 4, 2, 1",
    "Conv2d_2, 8, 2, 3",
    "MaxPool2d_2, 10, 4, 3",
    "ReLU_3, 18, 4, 7",
    "AdaptiveAvgPool2d_1, 42, 28, 7"
  })
  void knowsTheFieldsOfTheClassifier(String layer, int size, int stride, int padding) {
    assertThat(ReceptiveField.of(Nodes.named(fixture, layer)))
        .contains(new ReceptiveField(size, stride, padding));
  }

  /**
   * Changes one pixel after the other of four images: a position's values must change for pixels in
   * its field only, and for each of these at least once.
   */
  @ParameterizedTest
  @CsvSource({
    "Conv2d_1, 0, 27",
    "MaxPool2d_1, 6, 3",
    "Conv2d_2, 4, 5",
    "MaxPool2d_2, 3, 2",
    "Conv2d_3, 3, 3",
    "Conv2d_3, 0, 6",
    "AdaptiveAvgPool2d_1, 0, 0"
  })
  void aPositionDependsOnThePixelsOfItsFieldAndOnNoOther(String layer, int row, int column) {
    ReceptiveField field = ReceptiveField.of(Nodes.named(fixture, layer)).orElseThrow();
    boolean[] changed = new boolean[784];
    Network network = positive();
    for (int corner = 0; corner < 4; corner++) {
      perturb(network, slope(corner), layer, row, column, changed);
    }
    int reached = 0;
    for (int i = 0; i < changed.length; i++) {
      boolean inside = inside(i / 28, field, row) && inside(i % 28, field, column);
      if (!inside) {
        assertThat(changed[i]).as("pixel %d,%d", i / 28, i % 28).isFalse();
      }
      reached += inside && changed[i] ? 1 : 0;
    }
    assertThat(reached).isEqualTo(clipped(field, row) * clipped(field, column));
  }

  /**
   * Weights above zero, so that no ReLU hides a change; slopes, so that a pool's largest value is
   * once in each of its corners.
   */
  private static Network positive() {
    Random random = new Random(5);
    Map<String, float[]> weights = new LinkedHashMap<>();
    ClassifierWidths widths = Topology.DIGITS.ofBase(8);
    widths
        .parameterShapes()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
              for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
              }
              weights.put(name, values);
            });
    return ChannelsFixture.network(widths, weights);
  }

  /** An image that grows brighter towards one of its corners. */
  private static byte[] slope(int corner) {
    byte[] image = new byte[784];
    for (int i = 0; i < 784; i++) {
      int y = corner < 2 ? i / 28 : 27 - i / 28;
      int x = corner % 2 == 0 ? i % 28 : 27 - i % 28;
      image[i] = (byte) (2 * (y + x));
    }
    return image;
  }

  private static boolean inside(int pixel, ReceptiveField field, int position) {
    return pixel >= field.start(position) && pixel < field.start(position) + field.size();
  }

  private static int clipped(ReceptiveField field, int position) {
    return Math.min(28, field.start(position) + field.size()) - Math.max(0, field.start(position));
  }

  /** Marks the pixels of one image that the position depends on: first the image, then changes. */
  private void perturb(
      Network network, byte[] original, String layer, int row, int column, boolean[] changed) {
    byte[] pixels = new byte[785 * 784];
    for (int i = 0; i <= 784; i++) {
      System.arraycopy(original, 0, pixels, i * 784, 784);
      if (i < 784) {
        pixels[i * 784 + i] ^= (byte) 0x80;
      }
    }
    float[][] values = new float[785][];
    run(
        network,
        LabeledImages.ofTen(pixels, new byte[785], 28, 28),
        layer,
        (images, shape, batch) -> {
          for (int n = 0; n < shape[0]; n++) {
            values[images[n]] = new float[shape[1]];
            for (int c = 0; c < shape[1]; c++) {
              int map = (n * shape[1] + c) * shape[2] * shape[3];
              values[images[n]][c] = batch[map + row * shape[3] + column];
            }
          }
        });
    for (int i = 0; i < 784; i++) {
      changed[i] |= !Arrays.equals(values[i], values[784]);
    }
  }

  @Test
  void whatIsNoNumberBeatsNothingAndHidesNothing() {
    TopResponses top = new TopResponses(2, 2);
    float infinity = Float.POSITIVE_INFINITY;
    top.add(
        new int[] {0, 1},
        new int[] {2, 2, 1, 2},
        new float[] {Float.NaN, 3, infinity, -infinity, 1, Float.NaN, infinity, 2});
    assertThat(top.responses())
        .containsExactly(
            List.of(new TopResponses.Response(0, 3, 0, 1), new TopResponses.Response(1, 1, 0, 0)),
            List.of(new TopResponses.Response(1, 2, 0, 1)));
    assertThat(top.notNumbers()).containsExactly(2, 3);
  }
}
