package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.integers;
import static io.fmviz.network.onnx.SmallModel.microsoft;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.smallWeight;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.Window;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceptiveGeometryTest {
  private static final NodeProto CONV = node("Conv", "y", "x", "w");
  private static final NodeProto POOL =
      withAll(node("AveragePool", "y", "x"), "kernel_shape", 2, 2);

  /** Of the operators that make y together, from x of 3 x 8 x 8. */
  private static Window window(Map<String, List<Integer>> shapes, NodeProto... nodes) {
    ReadGraph graph =
        ReadGraph.of(
            new SmallModel(nodes)
                .with(weight("w", 4, 3, 3, 3), weight("wide", 4, 3, 3, 5), weight("row", 4, 3, 3))
                .with(smallWeight("q", ElementType.UINT8, 4, 3, 5, 5))
                .with(integers("pads", 0, 0, 1, 1, 0, 0, 2, 2), reals("s", 1)));
    ShapeInference.Tensors found = ReadGraph.maps(Set.of("p", "y"), shapes);
    PatternFusion modules = new PatternFusion(graph.graph(), graph.constants(), found);
    return new ReceptiveGeometry(graph.graph(), graph.constants(), found)
        .of(modules.of(graph.op("y")));
  }

  private static Window window(NodeProto... nodes) {
    return window(Map.of(), nodes);
  }

  @Test
  void aConvolutionsWindowIsAsLargeAsItsWeight() {
    assertThat(window(CONV)).isEqualTo(new Window(3, 1, 0));
    NodeProto strided = withAll(withAll(CONV, "strides", 2, 2), "pads", 1, 1, 0, 0);
    assertThat(window(strided)).isEqualTo(new Window(3, 2, 1));
    assertThat(window(withAll(CONV, "dilations", 3, 3))).isEqualTo(new Window(7, 1, 0));
    assertThat(window(node("ConvInteger", "y", "x", "q", "s", "s"))).isEqualTo(new Window(5, 1, 0));
    assertThat(window(node("QLinearConv", "y", "x", "s", "s", "q", "s", "s", "s", "s")))
        .isEqualTo(new Window(5, 1, 0));
  }

  @Test
  void whatIsNoSquareOrNotKnownHasNoWindow() {
    assertThat(window(node("Conv", "y", "x", "wide"))).isNull();
    assertThat(window(node("Conv", "y", "x", "row"))).isNull();
    assertThat(window(node("Conv", "y", "x", "x"))).isNull();
    assertThat(window(withAll(CONV, "strides", 1, 2))).isNull();
    assertThat(window(withAll(CONV, "pads", 1, 0, 1, 0))).isNull();
    assertThat(window(withAll(CONV, "pads", -1, -1, 0, 0))).isNull();
    assertThat(window(node("ConvTranspose", "y", "x", "w"))).isNull();
    assertThat(window(node("GlobalAveragePool", "y", "x"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"SAME_UPPER, 8, 1, 1", "SAME_UPPER, 4, 2, 0", "SAME_LOWER, 4, 2, 1"})
  void paddingMayFollowFromTheSizes(String auto, int out, int stride, int padding) {
    NodeProto conv = withAll(with(CONV, "auto_pad", auto), "strides", stride, stride);
    Map<String, List<Integer>> shapes = Map.of("x", List.of(3, 8, 8), "y", List.of(4, out, out));
    assertThat(window(shapes, conv)).isEqualTo(new Window(3, stride, padding));
    assertThat(window(Map.of("x", List.of(3, 8, 8)), conv)).isNull();
  }

  @Test
  void withoutPaddingItsNumbersDoNotCount() {
    assertThat(window(withAll(with(CONV, "auto_pad", "VALID"), "pads", 1, 1, 1, 1)))
        .isEqualTo(new Window(3, 1, 0));
  }

  @ParameterizedTest
  @CsvSource({"MaxPool", "AveragePool", "LpPool"})
  void aPoolingsWindowIsItsKernelShape(String type) {
    NodeProto pool = withAll(node(type, "y", "x"), "kernel_shape", 3, 3);
    assertThat(window(withAll(pool, "strides", 2, 2))).isEqualTo(new Window(3, 2, 0));
    assertThat(window(node(type, "y", "x"))).isNull();
  }

  @Test
  void onnxRuntimesPoolingHasAWindowToo() {
    NodeProto pool = microsoft("QLinearAveragePool", "y", "x", "s", "s", "s", "s");
    assertThat(window(withAll(withAll(pool, "kernel_shape", 2, 2), "strides", 2, 2)))
        .isEqualTo(new Window(2, 2, 0));
  }

  @Test
  void paddingOfItsOwnMovesAWindow() {
    assertThat(window(node("Pad", "y", "x", "pads"))).isEqualTo(new Window(1, 1, 1));
    assertThat(window(withAll(node("Pad", "y", "x"), "pads", 0, 0, 2, 2, 0, 0, 0, 0)))
        .isEqualTo(new Window(1, 1, 2));
    assertThat(window(withAll(node("Pad", "y", "x"), "pads", 0, 1, 2, 2, 0, 0, 0, 0))).isNull();
    assertThat(window(node("Pad", "y", "x", "computed"))).isNull();
    assertThat(window(node("Pad", "y", "x", "pads", "s", "axes"))).isNull();
    NodeProto pooled = POOL.toBuilder().setInput(0, "p").build();
    NodeProto more = withAll(withAll(pooled, "pads", 1, 1, 1, 1), "strides", 2, 2);
    assertThat(window(node("Pad", "p", "x", "pads"), more)).isEqualTo(new Window(2, 2, 2));
    assertThat(window(node("Pad", "p", "x", "computed"), more)).isNull();
  }

  @Test
  void alongChannelsAValueComesFromItsPlace() {
    assertThat(window(node("Relu", "y", "x"))).isEqualTo(Window.POINT);
    assertThat(window(with(node("Softmax", "y", "x"), "axis", 1))).isEqualTo(Window.POINT);
    assertThat(window(with(node("Concat", "y", "x", "x"), "axis", -3))).isEqualTo(Window.POINT);
    assertThat(window(with(node("Concat", "y", "x", "x"), "axis", 2))).isNull();
    assertThat(window(node("Softmax", "y", "x"))).isNull();
  }

  @Test
  void channelsLastHaveTheirRowsBehindTheBatch() {
    ReadGraph graph =
        ReadGraph.of(
            new SmallModel(
                    withAll(node("Pad", "p", "x"), "pads", 0, 2, 2, 0, 0, 0, 0, 0),
                    with(node("Concat", "k", "p", "p"), "axis", 3),
                    node("Softmax", "y", "k"))
                .ofPictures(1, 8, 8, 3));
    ShapeInference.Tensors found =
        ReadGraph.maps(Set.of("p", "k", "y"), Map.of())
            .with(Map.of(), new ShapeInference.Layouts(Set.of("p", "k", "y"), Set.of()));
    PatternFusion modules = new PatternFusion(graph.graph(), graph.constants(), found);
    ReceptiveGeometry windows = new ReceptiveGeometry(graph.graph(), graph.constants(), found);
    assertThat(windows.of(modules.of(graph.op("p")))).isEqualTo(new Window(1, 1, 2));
    assertThat(windows.of(modules.of(graph.op("k")))).isEqualTo(Window.POINT);
    assertThat(windows.of(modules.of(graph.op("y")))).isEqualTo(Window.POINT);
  }

  @Test
  void ofOthersOperatorsNoWindowIsKnown() {
    assertThat(window(call("Conv", "y", "x", "w"))).isNull();
    assertThat(window(call("Relu", "y", "x"))).isNull();
    assertThat(window(withAll(call("MaxPool", "y", "x"), "kernel_shape", 2, 2))).isNull();
  }
}
