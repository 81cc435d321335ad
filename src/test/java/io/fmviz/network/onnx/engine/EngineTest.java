package io.fmviz.network.onnx.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.fmviz.base.Settings;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ONNX Runtime says, and what is to be done about it. */
class EngineTest {
  private static final String OTHER_SIZE =
      "it may not take pictures of this size: give another with {inputSize}, or export it with the"
          + " size it was made for";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Non-zero status code returned while running Reshape node. Name:'r' Status Message: The"
            + " input tensor cannot be reshaped to the requested shape|size",
        "Non-zero status code returned while running Add node. Name:'' Status Message: Attempting"
            + " to broadcast an axis by a dimension other than 1. 13 by 12|size",
        "Got invalid dimensions for input: x for the following indices|size",
        "Node () Op (Gemm) [ShapeInferenceError] Dimension mismatch in unification between 3072 and"
            + " 2352|check it with onnx.checker, or export it again",
      })
  void sizesThatDontFitAreToldFromOtherFaults(String said, String hint) {
    assertThat(failed(said))
        .isInstanceOf(UnfitSizeException.class)
        .hasMessage(
            "ONNX Runtime can't run m.onnx: %s; %s"
                .formatted(said, hint.equals("size") ? Settings.named(OTHER_SIZE) : hint));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Load model from m.onnx failed:Protobuf parsing failed.|check it with onnx.checker, or"
            + " export it again",
        "Fatal error: my.own:X(-1) is not a registered function/op|export it with ONNX's own"
            + " operators alone",
        "Could not find an implementation for Conv(11) node|it lacks that version of the operator,"
            + " or its type: export it with operator set 17, in float32",
        "ai.onnx opset 99 is under development|export it with an older operator set, 17 say"
      })
  void otherFaultsAreNoQuestionOfSize(String said, String hint) {
    assertThat(failed(said))
        .isNotInstanceOf(UnfitSizeException.class)
        .hasMessage("ONNX Runtime can't run m.onnx: %s; %s".formatted(said, hint));
  }

  private static RuntimeException failed(String said) {
    return new Engine(Path.of("m.onnx"))
        .failed(new OrtException(OrtException.OrtErrorCode.ORT_FAIL, said));
  }
}
