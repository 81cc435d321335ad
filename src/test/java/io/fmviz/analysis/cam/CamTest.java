package io.fmviz.analysis.cam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.CamFixture;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.network.Compute;
import io.fmviz.network.Logits;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CamTest {
  private static final Offset<Float> CLOSE = within(2e-6f);

  private final CamFixture fixture = CamFixture.of("linear");

  private static CamImage look(CamFixture fixture, CamMethod method) {
    Network network = fixture.network();
    try (Session session = network.start(Compute.onCpu(1))) {
      CamPlan plan = CamPlan.of(network, method, null, null);
      try (CamSession looking = CamSession.of(session, plan, Compute.onCpu(1))) {
        return looking.look(fixture.image(), logits -> Logits.likeliest(logits, 4), share -> {});
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CamMethod.class)
  void mapsAreWhatPyTorchFinds(CamMethod method) {
    CamImage image = look(fixture, method);
    Node node = image.plan().nodes().get(0);
    float[] maps = fixture.floats(method.toString());
    float[] units = fixture.floats(method + ".unit");
    for (int label = 0; label < (method.isOfClass() ? 4 : 1); label++) {
      PositionMap map = image.map(node, label);
      assertThat(List.of(map.height(), map.width())).containsExactly(5, 7);
      assertThat(map.values()).containsExactly(part(maps, label), CLOSE);
      assertThat(map.unit(false)).containsExactly(part(units, label), within(2e-5f));
    }
  }

  private static float[] part(float[] all, int label) {
    return Arrays.copyOfRange(all, 35 * label, 35 * (label + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "mean", "pool", "product", "means"})
  void contributionsAndBiasAddUpToEachLogit(String name) {
    CamFixture of = CamFixture.of(name);
    CamImage image = look(of, null);
    assertThat(image.plan().method()).isEqualTo(CamMethod.CAM);
    assertThat(image.plan().nodes().get(0).name()).isEqualTo("ReLU_2");
    float[] logits = of.floats("logits");
    assertThat(image.logits()).containsExactly(logits, CLOSE);
    for (int label = 0; label < 4; label++) {
      ClassActivation found = image.activation(label);
      assertThat(found.sum()).isCloseTo(logits[label], within(2e-6));
      assertThat(found.contributions() + found.bias()).isEqualTo(found.sum());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", "part", "positions"})
  void whereThatIsNotSoGradCamIsUsual(String name) {
    Network network = CamFixture.of(name).network();
    assertThat(network.head()).isEmpty();
    assertThat(CamPlan.of(network).method()).isEqualTo(CamMethod.GRADCAM);
    assertThatThrownBy(() -> CamPlan.of(network, CamMethod.CAM, null, null))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(
                "{method} cam is exact or not at all: the logits of %s are not a mean over positions followed by one linear layer; take gradcam or ablation"),
            network.location());
  }

  @Test
  void theUsualLayerIsTheLastWithMoreThanOnePosition() {
    assertThat(CamPlan.of(CamFixture.of("two").network()).nodes().get(0).name())
        .isEqualTo("ReLU_2");
    assertThat(CamPlan.of(CamFixture.of("part").network()).nodes().get(0).name())
        .isEqualTo("ReLU_2");
    assertThat(CamPlan.of(CamFixture.of("positions").network()).nodes().get(0).name())
        .isEqualTo("ReLU_2");
  }

  @Test
  void camIsOfTheHeadsLayerAlone() {
    Network network = fixture.network();
    List<Node> first = List.of(network.nodes().get(1));
    assertThat(CamPlan.of(network, null, first, null).method()).isEqualTo(CamMethod.GRADCAM);
    assertThatThrownBy(() -> CamPlan.of(network, CamMethod.CAM, first, null))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(
                "{layers} must be ReLU_2 for {method} cam, since the logits are a mean of its maps: take gradcam or ablation for other layers"));
  }

  @Test
  void ablationOfEachLayerLosesWhatTheLogitsLose() {
    Network network = fixture.network();
    List<Node> nodes = network.nodes().stream().filter(Node::hasMaps).toList();
    try (Session session = network.start(Compute.onCpu(1))) {
      CamImage image =
          CamSession.of(
                  session, CamPlan.of(network, CamMethod.ABLATION, nodes, null), Compute.onCpu(1))
              .look(fixture.image());
      float[] weight = network.head().orElseThrow().weight();
      double[][] losses = image.losses().get(nodes.get(nodes.size() - 1));
      LayerMaps maps = image.maps().get(nodes.get(nodes.size() - 1));
      for (int k = 0; k < 8; k++) {
        for (int c = 0; c < 4; c++) {
          assertThat(losses[k][c]).isCloseTo(weight[8 * c + k] * maps.at(k, 0), within(2e-6));
        }
      }
    }
  }

  @Test
  void theLikeliestComeFirstAndTheirProbabilitiesAddUp() {
    CamImage image = look(fixture, CamMethod.MEAN);
    int[] order = image.likeliest(4);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      assertThat(i == 0 || image.logits()[order[i - 1]] >= image.logits()[order[i]]).isTrue();
      sum += image.probability(order[i]);
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
    assertThat(image.likeliest(2)).containsExactly(order[0], order[1]);
  }

  /** Noise far below the values themselves is what rounding leaves of a constant map. */
  @ParameterizedTest
  @CsvSource({"0", "1e-7"})
  void aConstantMapIsNothing(float noise) {
    float[] values = new float[2 * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i < 6 ? 3 : 5) * (1 + noise * (i % 3));
    }
    LayerMaps maps = new LayerMaps(2, 2, 3, values);
    double[] weights = {5, -3};
    List<PositionMap> found =
        List.of(
            Reduced.mean(maps),
            Reduced.max(maps),
            Reduced.eigen(maps),
            PositionMap.of(maps, maps.weighed(weights), maps.magnitude(weights)),
            Ablation.map(maps, new double[][] {{5}, {-3}}, 0),
            Ablation.map(maps, new double[][] {{-5}, {-3}}, 0));
    for (PositionMap map : found) {
      assertThat(map.isNothing()).isTrue();
      assertThat(map.unit(false)).containsOnly(0);
      assertThat(map.unit(true)).containsOnly(0.5f);
    }
  }

  @Test
  void whatIsNoNumberIsCountedAndLeftOutOfTheRange() {
    LayerMaps maps = new LayerMaps(1, 1, 4, new float[] {1, Float.NaN, 3, Float.POSITIVE_INFINITY});
    PositionMap map = Reduced.mean(maps);
    assertThat(map.notNumbers()).isEqualTo(2);
    assertThat(List.of(map.low(), map.high())).containsExactly(1.0, 3.0);
    assertThat(map.unit(false)).containsExactly(0, Float.NaN, 1, Float.NaN);
    assertThat(Reduced.eigen(maps).notNumbers()).isEqualTo(4);
    assertThat(Reduced.eigen(maps).isNothing()).isTrue();
  }

  @Test
  void aDivergingMapHasZeroInTheMiddle() {
    PositionMap map = Reduced.mean(new LayerMaps(1, 1, 3, new float[] {-1, 0, 4}));
    assertThat(map.unit(true)).containsExactly(0.375f, 0.5f, 1);
  }
}
