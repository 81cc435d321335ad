package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.fmviz.TorchFixture;
import io.fmviz.base.UserException;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.forward.LayerSelection;
import io.fmviz.model.Classifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationPassTest {
  private final NDManager manager = NDManager.newBaseManager();
  private final Classifier classifier =
      new Classifier(manager, TorchFixture.WIDTHS, TorchFixture.weights("before."));

  @AfterEach
  void close() {
    classifier.close();
    manager.close();
  }

  /** The 12 images of the fixture, again and again: the n-th is the fixture's image n mod 12. */
  private static LabeledImages images(int count) {
    byte[] pixels = TorchFixture.bytes("images");
    byte[] many = new byte[count * 784];
    for (int i = 0; i < count; i++) {
      System.arraycopy(pixels, i % 12 * 784, many, i * 784, 784);
    }
    return new LabeledImages(many, new byte[count], 28, 28);
  }

  @Test
  void handsOnEveryBatchAsPyTorchComputesIt() {
    List<String> heard = new ArrayList<>();
    List<Layer> layers = MapLayers.of(classifier.block(), selection("MaxPool2d_2,ReLU_1"));
    float[] expected = TorchFixture.floats("out.MaxPool2d_2");
    float[] logitsOf12 = TorchFixture.floats("logits");
    int[] indices = new int[300];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = 299 - i;
    }
    ActivationPass pass = new ActivationPass(classifier, manager, images(300), layers);
    pass.run(
        indices,
        new ActivationPass.Consumer() {
          @Override
          public void layer(Layer layer, int first, int[] shape, float[] values) {
            heard.add(layer.name() + " " + first + " " + Arrays.toString(shape));
            for (int n = 0; n < shape[0] && layer.name().equals("MaxPool2d_2"); n++) {
              if (indices[first + n] % 12 == 0) {
                int size = expected.length;
                assertThat(Arrays.copyOfRange(values, n * size, (n + 1) * size))
                    .containsExactly(expected, Offset.offset(1e-5f));
              }
            }
          }

          @Override
          public void logits(int first, int count, float[] logits) {
            heard.add("logits " + first + " " + count);
            for (int n = 0; n < count; n++) {
              int from = indices[first + n] % 12 * 10;
              assertThat(Arrays.copyOfRange(logits, n * 10, n * 10 + 10))
                  .containsExactly(
                      Arrays.copyOfRange(logitsOf12, from, from + 10), Offset.offset(1e-5f));
            }
          }
        },
        "images",
        new Silence());
    assertThat(heard)
        .containsExactly(
            "ReLU_1 0 [128, 2, 28, 28]",
            "MaxPool2d_2 0 [128, 4, 7, 7]",
            "logits 0 128",
            "ReLU_1 128 [128, 2, 28, 28]",
            "MaxPool2d_2 128 [128, 4, 7, 7]",
            "logits 128 128",
            "ReLU_1 256 [44, 2, 28, 28]",
            "MaxPool2d_2 256 [44, 4, 7, 7]",
            "logits 256 44");
  }

  @Test
  void refusesLayersOfAnotherNetwork() {
    ActivationPass pass =
        new ActivationPass(
            classifier, manager, images(1), List.of(new Layer("ReLU", 9, "0.99", null)));
    assertThatThrownBy(() -> pass.run(new int[] {0}, null, "images", new Silence()))
        .hasMessage("some of the layers are another network's");
    assertThat(ForwardListeners.layersOf(classifier.block())).hasSize(13);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Conv2d_9|--layers: there is no layer Conv2d_9; there are Conv2d_1, ReLU_1, MaxPool2d_1,"
            + " Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3, AdaptiveAvgPool2d_1, Flatten_1,"
            + " Linear_1",
        "ReLU_1,Linear|--layers Linear: no layer of these has maps; those with maps are Conv2d_1,"
            + " ReLU_1, MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3,"
            + " AdaptiveAvgPool2d_1",
      })
  void refusesLayersThatAreNotThereOrHaveNoMaps(String layers, String message) {
    assertThatThrownBy(() -> MapLayers.of(classifier.block(), selection(layers)))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  @Test
  void leavesOutLayersWithoutMapsThatAGlobAlsoChooses() {
    assertThat(MapLayers.of(classifier.block(), selection("*_1")))
        .extracting(Layer::name)
        .containsExactly("Conv2d_1", "ReLU_1", "MaxPool2d_1", "AdaptiveAvgPool2d_1");
  }

  private static LayerSelection selection(String entries) {
    return LayerSelection.of(List.of(entries));
  }
}
