package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.integers;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.small;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeInferenceTest {
  private static ShapeInference.Tensors found(SmallModel model) {
    return ReadGraph.of(model).found();
  }

  /** Of any number of images at once. */
  private static SmallModel many(NodeProto... nodes) {
    return new SmallModel(nodes).ofAnyBatch();
  }

  @Test
  void shapesAndTypesAreTheEngines() {
    ShapeInference.Tensors found =
        found(
            many(
                    withAll(node("Conv", "c", "x", "w"), "strides", 2, 2),
                    with(node("Cast", "half", "c"), "to", 10),
                    node("QuantizeLinear", "q", "c", "s", "z"),
                    node("Flatten", "y", "q"))
                .with(weight("w", 4, 3, 1, 1), reals("s", 1), small("z", ElementType.INT8, 0)));
    assertThat(found.tensors())
        .containsExactly(
            entry("y", List.of(64)),
            entry("c", List.of(4, 4, 4)),
            entry("half", List.of(4, 4, 4)),
            entry("q", List.of(4, 4, 4)));
    assertThat(found.types())
        .containsOnly(
            entry("c", ElementType.FLOAT),
            entry("half", ElementType.FLOAT16),
            entry("q", ElementType.INT8),
            entry("y", ElementType.INT8));
    assertThat(found.ranks())
        .containsOnly(entry("c", 4), entry("half", 4), entry("q", 4), entry("y", 2));
    assertThat(found.batch()).isZero();
    assertThat(found.sequences()).isEmpty();
  }

  @Test
  void onlyWhatThePicturesGoIntoIsLookedAt() {
    ShapeInference.Tensors found =
        found(many(node("Neg", "n", "w"), node("Mul", "y", "x", "n")).with(reals("w", 2)));
    assertThat(found.types()).containsOnlyKeys("y");
    assertThatThrownBy(() -> found(new SmallModel(node("Neg", "y", "w")).with(reals("w", 2))))
        .isInstanceOf(UserException.class)
        .hasMessage("small.onnx makes nothing of its input: export it again, with outputs");
  }

  /** The engine can't infer what a shape that is computed is. */
  @Test
  void whatIsNotInferredIsFoundByARun() {
    NodeProto[] nodes = {
      node("Shape", "s", "x"),
      node("Abs", "a", "s"),
      node("Reshape", "r", "x", "a"),
      node("Flatten", "y", "r")
    };
    ShapeInference.Tensors any = found(many(nodes));
    assertThat(any.tensors()).contains(entry("r", List.of(3, 8, 8)), entry("y", List.of(192)));
    assertThat(any.tensors()).doesNotContainKeys("s", "a");
    assertThat(any.ranks()).contains(entry("r", 4), entry("y", 2), entry("s", 1));
    assertThat(any.batch()).isZero();
    ShapeInference.Tensors three = found(new SmallModel(nodes).ofPictures(3, 3, 8, 8));
    assertThat(three.tensors()).contains(entry("r", List.of(3, 8, 8)), entry("y", List.of(192)));
    assertThat(three.batch()).isEqualTo(3);
  }

  /** A map of 4.8 GB is not made to see how large it is. */
  @Test
  void whatFollowsFromThePicturesSizeIsNotComputed() {
    ShapeInference.Tensors found =
        found(
            new SmallModel(
                    node("Shape", "all", "x"),
                    node("Slice", "front", "all", "zero", "two"),
                    with(node("Concat", "sizes", "front", "sides"), "axis", 0),
                    node("Resize", "r", "x", "", "", "sizes"),
                    node("Relu", "y", "r"))
                .with(integers("sides", 20000, 20000))
                .with(shaped(integers("zero", 0), 1), shaped(integers("two", 2), 1)));
    assertThat(found.tensors())
        .contains(entry("r", List.of(3, 20000, 20000)), entry("y", List.of(3, 20000, 20000)));
    assertThat(found.batch()).isEqualTo(1);
  }

  @Test
  void aNetworkThatRunsOneImageAloneTakesOneAtATime() {
    NodeProto fixed = node("Reshape", "r", "x", "one");
    NodeProto unknown = node("Reshape", "y", "r", "computed");
    SmallModel model =
        many(fixed, node("Shape", "s", "r"), node("Abs", "computed", "s"), unknown)
            .with(integers("one", 1, 3, 8, 8));
    ShapeInference.Tensors found = found(model);
    assertThat(found.batch()).isEqualTo(1);
    assertThat(found.tensors()).contains(entry("y", List.of(3, 8, 8)));
  }

  /** All images go into one row: no shape for two images is that of one. */
  @Test
  void anOutputOfOneImageIsThatOfOneImage() {
    ShapeInference.Tensors found =
        found(many(node("Reshape", "y", "x", "row")).with(integers("row", 1, -1)));
    assertThat(found.batch()).isEqualTo(1);
    assertThat(found.tensors()).containsOnly(entry("y", List.of(192)));
  }

  @Test
  void whatDependsOnThePicturesValuesHasNoShape() {
    ShapeInference.Tensors found =
        found(
            many(
                node("NonZero", "n", "x"),
                with(node("Cast", "c", "n"), "to", 1),
                node("Relu", "y", "x")));
    assertThat(found.tensors()).containsOnlyKeys("y");
    assertThat(found.types())
        .contains(entry("n", ElementType.INT64), entry("c", ElementType.FLOAT));
  }

  /** Of zeros it makes one value, as many as there are images. */
  @Test
  void aRunOnZerosSaysNothingOfSuchAShape() {
    ShapeInference.Tensors found =
        found(new SmallModel(node("Unique", "u", "x"), node("Relu", "y", "x")));
    assertThat(found.tensors()).containsOnlyKeys("y");
  }

  @Test
  void listsOfTensorsAreToldApart() {
    ShapeInference.Tensors found =
        found(many(with(node("SplitToSequence", "list", "x"), "axis", 1), node("Relu", "y", "x")));
    assertThat(found.sequences()).containsExactly("list");
    assertThat(found.types()).containsOnlyKeys("y");
  }
}
