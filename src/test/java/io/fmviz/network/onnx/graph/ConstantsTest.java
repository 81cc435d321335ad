package io.fmviz.network.onnx.graph;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.integers;
import static io.fmviz.network.onnx.SmallModel.microsoft;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.small;
import static io.fmviz.network.onnx.SmallModel.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import org.junit.jupiter.api.Test;

class ConstantsTest {
  /** Six integers in two rows. */
  private static final TensorProto ROWS =
      shaped(small("w", ElementType.INT8, -1, 0, 1, 2, 3, 4), 2, 3);

  private static final TensorProto HALF = reals("s", 0.5);
  private static final TensorProto ONE = small("z", ElementType.INT8, 1);

  private static Constants constants(TensorProto[] tensors, NodeProto... nodes) {
    return ReadGraph.of(new SmallModel(nodes).with(tensors)).constants();
  }

  private static TensorProto[] all(TensorProto... tensors) {
    return tensors;
  }

  @Test
  void aWeightBehindDequantizeLinearAndCastIsRealNumbers() {
    Constants constants =
        constants(
            all(ROWS, HALF, ONE),
            node("Identity", "i", "w"),
            node("DequantizeLinear", "d", "i", "s", "z"),
            node("Identity", "j", "d"),
            with(node("Cast", "c", "j"), "to", 10));
    assertThat(constants.floats("c")).containsExactly(-1, -0.5f, 0, 0.5f, 1, 1.5f);
    assertThat(constants.isReal("c")).isTrue();
    assertThat(constants.shape("c")).containsExactly(2, 3);
    assertThat(constants.size("c")).isEqualTo(6);
    assertThat(constants.initializer("c").getName()).isEqualTo("w");
    assertThat(constants.values("i")).containsExactly(-1, 0, 1, 2, 3, 4);
    assertThat(constants.isReal("i")).isFalse();
  }

  @Test
  void eachChannelHasItsScaleAndItsZeroPoint() {
    Constants constants =
        constants(
            all(
                ROWS,
                reals("rows", 2, 10),
                small("row zeros", ElementType.INT8, 0, 2),
                reals("columns", 1, 10, 100),
                small("column zeros", ElementType.INT8, 0, 1, 2)),
            with(node("DequantizeLinear", "0", "w", "rows", "row zeros"), "axis", 0),
            node("DequantizeLinear", "1", "w", "columns", "column zeros"),
            with(node("DequantizeLinear", "-2", "w", "rows"), "axis", -2));
    assertThat(constants.values("0")).containsExactly(-2, 0, 2, 0, 10, 20);
    assertThat(constants.values("1")).containsExactly(-1, -10, -100, 2, 20, 200);
    assertThat(constants.values("-2")).containsExactly(-2, 0, 2, 20, 30, 40);
  }

  /** Since operator set 21, values along an axis share a scale by blocks. */
  @Test
  void eachBlockHasItsScaleAndItsZeroPoint() {
    NodeProto blocks = with(node("DequantizeLinear", "d", "w", "scales", "zeros"), "block_size", 2);
    Constants constants =
        constants(
            all(
                ROWS,
                shaped(reals("scales", 1, 2, 3, 4), 2, 2),
                shaped(small("zeros", ElementType.INT8, 0, 0, 0, 1), 2, 2)),
            blocks);
    assertThat(constants.values("d")).containsExactly(-1, 0, 2, 6, 9, 12);
    Constants columns =
        constants(
            all(ROWS, shaped(reals("scales", 1, 10, 100), 1, 3)),
            with(with(node("DequantizeLinear", "d", "w", "scales"), "block_size", 2), "axis", 0));
    assertThat(columns.values("d")).containsExactly(-1, 0, 100, 2, 30, 400);
  }

  @Test
  void scalesMayBeQuantizedToo() {
    Constants constants =
        constants(
            all(small("q", ElementType.UINT8, 4), HALF, small("w", ElementType.INT8, 5)),
            node("DequantizeLinear", "scale", "q", "s"),
            node("DequantizeLinear", "d", "w", "scale"));
    assertThat(constants.scalar("scale")).isEqualTo(2);
    assertThat(constants.scalar("d")).isEqualTo(10);
  }

  @Test
  void integersWhoseScaleIsComputedStandForNothingThatIsKnown() {
    Constants constants =
        constants(
            all(ROWS, ONE, HALF),
            node("Exp", "e", "x"),
            node("Exp", "f", "x"),
            node("DequantizeLinear", "d", "w", "e"),
            node("DequantizeLinear", "g", "w", "s", "f"));
    assertThat(constants.has("d")).isTrue();
    assertThat(constants.isReal("d")).isFalse();
    assertThat(constants.values("d")).isEmpty();
    assertThat(constants.isReal("g")).isFalse();
    assertThat(constants.values("g")).isEmpty();
  }

  @Test
  void onlyOneValueIsAScalar() {
    Constants constants =
        constants(
            all(ROWS, shaped(reals("one", 3), 1, 1), integers("number", 7)), node("Exp", "e", "x"));
    assertThat(constants.scalar("one")).isEqualTo(3);
    assertThat(constants.scalar("number")).isEqualTo(7);
    assertThat(constants.scalar("w")).isNull();
    assertThat(constants.scalar("e")).isNull();
    assertThat(constants.size("e")).isEqualTo(-1);
    assertThat(constants.values("e")).isEmpty();
    assertThat(constants.scalar("")).isNull();
  }

  @Test
  void operatorsOfOtherDomainsMakeNoConstants() {
    Constants constants =
        constants(
            all(ROWS, HALF),
            call("Identity", "i", "w"),
            call("Cast", "c", "w"),
            call("DequantizeLinear", "d", "w", "s"),
            microsoft("Identity", "m", "w"),
            microsoft("DequantizeLinear", "known", "w", "s"));
    assertThat(new String[] {"i", "c", "d", "m"}).noneMatch(constants::has);
    assertThat(constants.values("known")).containsExactly(-0.5, 0, 0.5, 1, 1.5, 2);
  }
}
