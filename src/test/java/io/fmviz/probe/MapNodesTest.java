package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.TorchFixture;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapNodesTest {
  private final Network network = TorchFixture.network("before.");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Conv2d_9|{layers}: there is no layer Conv2d_9; there are Conv2d_1, ReLU_1, MaxPool2d_1,"
            + " Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3, AdaptiveAvgPool2d_1, Linear_1",
        "ReLU_1,Linear|{layers} Linear: no layer of these has maps; those with maps are Conv2d_1,"
            + " ReLU_1, MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3,"
            + " AdaptiveAvgPool2d_1",
        "fc|{layers} fc: this layer has no maps; those with maps are Conv2d_1, ReLU_1,"
            + " MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3,"
            + " AdaptiveAvgPool2d_1",
      })
  void refuseLayersThatAreNotThereOrHaveNoMaps(String layers, String message) {
    assertThatThrownBy(() -> MapNodes.of(network, selection(layers)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(Settings.named(message));
  }

  @Test
  void leaveOutLayersWithoutMapsThatAGlobAlsoChooses() {
    assertThat(MapNodes.of(network, selection("*_1")))
        .extracting(Node::name)
        .containsExactly("Conv2d_1", "ReLU_1", "MaxPool2d_1", "AdaptiveAvgPool2d_1");
  }

  @Test
  void areThoseOfSomeTypesWhereNoneIsNamed() {
    assertThat(MapNodes.of(network, null, "ReLU", "Linear"))
        .extracting(Node::name)
        .containsExactly("ReLU_1", "ReLU_2", "ReLU_3");
    assertThat(MapNodes.of(network)).hasSize(9);
  }

  @Test
  void knowTheConvolutions() {
    assertThat(MapNodes.convolutions(network, null))
        .extracting(Node::name)
        .containsExactly("Conv2d_1", "Conv2d_2", "Conv2d_3");
    assertThat(MapNodes.convolutions(network, selection("net.3")))
        .extracting(Node::name)
        .containsExactly("Conv2d_2");
    assertThatThrownBy(() -> MapNodes.convolutions(network, selection("Conv2d_1,ReLU_1")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(
                    "{layers} ReLU_1: this layer has no kernels; those with kernels are Conv2d_1, Conv2d_2,")
                + " Conv2d_3");
  }

  private static LayerSelection selection(String entries) {
    return LayerSelection.of(List.of(entries));
  }
}
