package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import io.fmviz.network.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** All 1,072 models of ONNX's own tests, from Debian's libonnx-testdata. */
@EnabledIfEnvironmentVariable(named = "FMVIZ_ONNX_TESTDATA", matches = ".+")
class AllPeersTest {
  private static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(System.getenv("FMVIZ_ONNX_TESTDATA")))) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  /** For pictures of one pixel where it takes any. */
  private static OnnxNetwork network(Path file) {
    OnnxModel model = OnnxModel.read(file);
    long[] sides = model.inputDimensions();
    return model.network(side(sides, 1), side(sides, 2), side(sides, 3), false);
  }

  private static int side(long[] sides, int place) {
    return place < sides.length ? (int) Math.max(1, sides[place]) : 1;
  }

  /** Parameters as Python's onnx counts them: the sizes of the convolutions' initializers. */
  @Test
  void eachIsReadWithItsParametersOrRefusedInOneLine() throws IOException {
    Map<String, Long> parameters = new TreeMap<>();
    for (Path file : models()) {
      try {
        long count = network(file).layers().stream().mapToLong(Node::parameters).sum();
        if (count > 0) {
          parameters.put(file.getParent().getFileName().toString(), count);
        }
      } catch (UserException | InvalidValueException e) {
        assertThat(e.getMessage())
            .as(file.toString())
            .contains(file.toString())
            .hasLineCount(1)
            .doesNotContainPattern("Exception|java\\.|protobuf|\\bnull\\b|@[0-9a-f]{6}");
      }
    }
    assertThat(parameters)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("test_Conv2d", 76L),
                Map.entry("test_Conv2d_depthwise", 40L),
                Map.entry("test_Conv2d_depthwise_padded", 40L),
                Map.entry("test_Conv2d_depthwise_strided", 40L),
                Map.entry("test_Conv2d_depthwise_with_multiplier", 80L),
                Map.entry("test_Conv2d_dilated", 56L),
                Map.entry("test_Conv2d_groups", 78L),
                Map.entry("test_Conv2d_groups_thnn", 78L),
                Map.entry("test_Conv2d_no_bias", 72L),
                Map.entry("test_Conv2d_padding", 112L),
                Map.entry("test_Conv2d_strided", 112L),
                Map.entry("test_ConvTranspose2d", 112L),
                Map.entry("test_ConvTranspose2d_no_bias", 108L),
                Map.entry("test_operator_conv", 1872L),
                Map.entry("test_operator_convtranspose", 81L),
                Map.entry("test_operator_symbolic_override", 20L)));
  }
}
