package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.Shared;
import io.fmviz.base.AtomicFile;
import io.fmviz.base.UserException;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class SavedClassifierTest {
  @TempDir private Path folder;

  /** A network of zeros with 3, 5 and 7 channels, changed as told. */
  private Path write(Consumer<Map<String, Tensor>> change) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    new ClassifierWidths(Topology.DIGITS, 1, List.of(3, 5, 7), 10)
        .parameterShapes()
        .forEach((name, shape) -> tensors.put(name, zeros(shape)));
    change.accept(tensors);
    Path file = folder.resolve("x.safetensors");
    AtomicFile.write(file, new Safetensors(Map.of(), tensors)::writeTo);
    return file;
  }

  private static Tensor zeros(long... shape) {
    int count = 1;
    for (long dimension : shape) {
      count *= (int) dimension;
    }
    return Tensor.of(shape, new float[count]);
  }

  private void assertRefused(Consumer<Map<String, Tensor>> change, String reason) {
    Path file = write(change);
    assertThatThrownBy(() -> SavedClassifier.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " does not fit the classifier: " + reason);
  }

  @Test
  void readsTheWidthsOffTheShapes() {
    SavedClassifier saved = SavedClassifier.read(write(tensors -> {}));
    assertThat(saved.widths())
        .isEqualTo(new ClassifierWidths(Topology.DIGITS, 1, List.of(3, 5, 7), 10));
    assertThat(saved.metadata()).isEmpty();
    assertThat(saved.values("fc.bias", new long[] {10})).isEqualTo(new float[10]);
  }

  @Test
  void namesAMissingTensor() {
    assertRefused(t -> t.remove("net.3.bias"), "the tensor net.3.bias is missing");
    assertRefused(t -> t.remove("net.3.weight"), "the tensor net.3.weight is missing");
    assertRefused(Map::clear, "the tensor net.0.weight is missing");
  }

  @Test
  void namesAnExtraTensor() {
    assertRefused(
        t -> t.put("net.9.weight", zeros(1)), "the tensor net.9.weight does not belong there");
  }

  /** Another network under a prefix, with {@code change} in each of its names' beginning. */
  private static void putAgain(Map<String, Tensor> tensors, String prefix) {
    Map.copyOf(tensors).forEach((name, tensor) -> tensors.put(prefix + name, tensor));
  }

  @Test
  void passesOverWhatIsBesideIt() {
    SavedClassifier saved =
        SavedClassifier.read(
            write(
                t -> {
                  putAgain(t, "model.");
                  t.keySet().removeIf(name -> !name.startsWith("model."));
                  t.put("head.weight", zeros(3, 4));
                  t.put("model.criterion.weight", zeros(10));
                  t.put("model.n_averaged", zeros());
                  t.put("other.net.0.weight", zeros(3, 1, 3, 3));
                }));
    assertThat(saved.widths())
        .isEqualTo(new ClassifierWidths(Topology.DIGITS, 1, List.of(3, 5, 7), 10));
    assertThat(saved.tensors()).containsOnlyKeys(saved.widths().parameterShapes().keySet());
  }

  /** A layer that is not in the classifier would change its answers. */
  @Test
  void namesWhatMayBeAnotherLayer() {
    assertRefused(
        t -> t.put("extra.weight", zeros(7)), "the tensor extra.weight does not belong there");
    assertRefused(t -> t.put("fc2.bias", zeros(10)), "the tensor fc2.bias does not belong there");
    assertRefused(
        t -> {
          t.put("scale.bias", zeros(10));
          t.put("scale.weight", zeros(10));
        },
        "the tensor scale.bias does not belong there");
    assertRefused(
        t -> t.put("fc.1.weight", zeros(10)), "the tensor fc.1.weight does not belong there");
  }

  @Test
  void namesTheOnesBetweenWhichItCannotChoose() {
    Path file =
        write(
            t -> {
              putAgain(t, "ema.");
              t.put(
                  "ema.fc.bias",
                  Tensor.of(new long[] {10}, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0}));
            });
    assertThatThrownBy(() -> SavedClassifier.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " holds 2 networks that fit, the outermost names, ema: save the one that is meant"
                + " in a file of its own");
    Path many =
        write(
            t -> {
              Map<String, Tensor> one = Map.copyOf(t);
              for (int i = 0; i < 9; i++) {
                String prefix = i + ".";
                one.forEach((name, tensor) -> t.put(prefix + name, tensor));
              }
            });
    assertThatThrownBy(() -> SavedClassifier.read(many))
        .hasMessage(
            many
                + " holds 10 networks that fit, the outermost names, 0, 1, 2, 3, 4, 5, 6 and"
                + " others: save the one that is meant in a file of its own");
  }

  /** Ten thousand networks of which none fits, and prefixes that hold each other. */
  @Test
  void looksThroughManyNamesInLinearTime() {
    Path file =
        write(
            t -> {
              Map<String, Tensor> one = Map.copyOf(t);
              for (int i = 0; i < 10_000; i++) {
                String prefix = i + ".";
                one.forEach((name, tensor) -> t.put(prefix + name, tensor));
                t.put(prefix + "net.9.weight", zeros(1));
              }
              for (int i = 0; i < 1_000; i++) {
                t.put("a.".repeat(i) + "net.0.weight", zeros(3, 1, 3, 3));
              }
              t.put("net.9.weight", zeros(1));
            });
    assertThatThrownBy(() -> SavedClassifier.read(file))
        .hasMessage(
            file + " does not fit the classifier: the tensor net.9.weight does not belong there");
  }

  @Test
  void namesATensorOfTheWrongShape() {
    assertRefused(
        t -> t.put("net.3.weight", zeros(5, 4, 3, 3)),
        "the tensor net.3.weight has the shape [5, 4, 3, 3], not [5, 3, 3, 3]");
    assertRefused(
        t -> t.put("fc.bias", zeros(11)), "the tensor fc.bias has the shape [11], not [10]");
    assertRefused(
        t -> t.put("net.0.weight", zeros(3, 9)),
        "the tensor net.0.weight has the shape [3, 9], not one of 4 dimensions");
    assertRefused(
        t -> t.put("net.0.weight", zeros(3, 1, 5, 5)),
        "the tensor net.0.weight has the shape [3, 1, 5, 5], not [3, 1, 3, 3]");
  }

  @Test
  void namesATensorOfTheWrongType() {
    assertRefused(
        t -> t.put("net.6.bias", new Tensor("I16", new long[] {7}, ByteBuffer.allocate(14))),
        "the tensor net.6.bias has the type I16, not F32, F64, F16 or BF16");
  }

  @Test
  void refusesWidthsThatNoNetworkHas() {
    assertRefused(
        t -> t.put("net.0.weight", zeros(0, 1, 3, 3)),
        "a layer has 0 channels, which is not between 1 and 16384");
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = Shared.VARIABLE,
      matches = ".+",
      disabledReason = Shared.ABSENT)
  void takesWhatPyTorchSaved() {
    SavedClassifier saved = SavedClassifier.read(Shared.reference("epoch_0.safetensors"));
    assertThat(saved.widths()).isEqualTo(Topology.DIGITS.ofBase(32));
    assertThat(saved.widths().parameterCount()).isEqualTo(93_962);
  }
}
