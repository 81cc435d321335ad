package io.fmviz.network.onnx;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.function;
import static io.fmviz.network.onnx.SmallModel.integers;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.file.ModelReader;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.DomainCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All of these end the process, or would for other numbers, where ONNX Runtime sees them. */
class DomainCheckTest {
  private static final String BLOCK =
      "DepthToSpace has a blocksize of 1099511627776, and it can be from 1 to 32768";
  private static final String DIAGONAL =
      "Trilu has an input 2 of -9223372036854775808, and it can be from -2147483648 to 2147483647";

  private static final NodeProto DEEP = with(node("DepthToSpace", "y", "x"), "blocksize", 1L << 40);

  @TempDir private Path folder;

  private void assertRefused(SmallModel model, String what) {
    Path file = write(model);
    assertThatThrownBy(() -> OnnxModel.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + " ")
        .hasMessageContaining(what);
  }

  private Path write(SmallModel model) {
    try {
      return Files.write(folder.resolve("x.onnx"), model.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void namesOperatorAttributeAndDomain() {
    Path file =
        write(new SmallModel(DEEP.toBuilder().setName("/up/DepthToSpace").clearInput().build()));
    assertThatThrownBy(() -> OnnxModel.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " can't be run: DepthToSpace (/up/DepthToSpace) has a blocksize of 1099511627776,"
                + " and it can be from 1 to 32768; export the model again");
  }

  @ParameterizedTest
  @CsvSource({
    "GatherND, batch_dims, -3, from 0 to 63",
    "LayerNormalization, axis, 2147483648, from -64 to 63",
    "Attention, kv_num_heads, 0, from 1 to 1048576",
    "GatherBlockQuantized, bits, 0, from 1 to 32",
    "Conv, group, 0, from 1 to 1048576",
    "Unheard, of, 4294967296, from -2147483648 to 2147483647"
  })
  void looksAtAttributes(String type, String name, long value, String domain) {
    assertRefused(
        new SmallModel(with(node(type, "y", "x"), name, value)),
        "has a %s of %d, and it can be %s".formatted(name, value, domain));
  }

  @Test
  void looksAtConstantsWhereverTheyStand() {
    NodeProto trilu = node("Trilu", "y", "x", "k");
    assertRefused(new SmallModel(trilu).with(integers("k", Long.MIN_VALUE)), DIAGONAL);
    NodeProto constant = with(node("Constant", "k"), "value_int", Long.MIN_VALUE);
    assertRefused(new SmallModel(constant, trilu), DIAGONAL);
    assertRefused(
        new SmallModel(node("Identity", "k", "j"), node("Identity", "j", "i"), trilu)
            .with(integers("i", Long.MIN_VALUE)),
        DIAGONAL);
  }

  @Test
  void wantsConstantsWhereAnyOtherCouldEndTheProcess() {
    NodeProto trilu = node("Trilu", "y", "x", "k");
    String computed = "Trilu has an input 2 that is computed as it runs, and can't be checked";
    assertRefused(
        new SmallModel(node("Add", "k", "i", "i"), trilu).with(integers("i", 1L << 62)), computed);
    assertRefused(
        new SmallModel(node("Identity", "k", "j"), node("Identity", "j", "k"), trilu), computed);
  }

  @Test
  void countsValues() {
    SmallModel none = new SmallModel(node("OneHot", "y", "x", "d", "v")).with(integers("d"));
    assertRefused(none, "OneHot has an input 2 of 0 values, and there must be one");
    SmallModel split = new SmallModel(with(node("Split", "y", "x"), "num_outputs", 2));
    assertRefused(split, "Split has num_outputs 2, and 1 output");
  }

  @Test
  void dividesIntegersByWhatTheyCanBeDividedBy() {
    NodeProto mod = node("Mod", "y", "i", "d");
    assertRefused(
        new SmallModel(mod).with(integers("i", 5), integers("d", -1)),
        "Mod has an input 2 of -1, and it can be any number but 0 and -1");
    TensorProto minusOne =
        TensorProto.newBuilder().setName("d").setDataType(1).addFloatData(-1).build();
    Path file = write(new SmallModel(node("Div", "y", "x", "d")).with(minusOne));
    assertThatCode(() -> OnnxModel.read(file)).doesNotThrowAnyException();
  }

  @Test
  void looksIntoBodies() {
    NodeProto choice = node("If", "y", "c");
    assertRefused(
        new SmallModel(with(with(choice, "then_branch", DEEP), "else_branch", DEEP)), BLOCK);
    NodeProto trilu = node("Trilu", "y", "x", "k");
    assertRefused(
        new SmallModel(with(choice, "then_branch", trilu)).with(integers("k", Long.MIN_VALUE)),
        DIAGONAL);
  }

  @Test
  void looksIntoFunctionsWithWhatACallGivesThem() {
    NodeProto deep =
        node("DepthToSpace", "b", "a").toBuilder()
            .addAttribute(SmallModel.number("blocksize").setRefAttrName("times"))
            .build();
    SmallModel model = new SmallModel(with(call("F", "y", "x"), "times", 1L << 40));
    assertRefused(model.with(function("F", deep)), BLOCK);
    SmallModel constants = new SmallModel(call("F", "y", "x", "far"));
    assertRefused(
        constants
            .with(integers("far", Long.MIN_VALUE))
            .with(function("F", node("Trilu", "b", "a", "k"))),
        DIAGONAL);
  }

  /** Whatever a function is called, what comes out of it is computed. */
  @Test
  void takesNoFunctionForAConstant() {
    NodeProto trilu = node("Trilu", "y", "x", "k");
    String computed = "Trilu has an input 2 that is computed as it runs, and can't be checked";
    TensorProto far = integers("far", Long.MIN_VALUE);
    NodeProto constant = node("Constant", "b").toBuilder().addAttribute(value(far)).build();
    NodeProto call = call("Constant", "k", "x");
    assertRefused(
        new SmallModel(with(call, "value_int", 0), trilu).with(function("Constant", constant)),
        computed);
    assertRefused(
        new SmallModel(call.toBuilder().addAttribute(value(integers("near", 0))).build(), trilu)
            .with(function("Constant", constant)),
        computed);
  }

  private static AttributeProto value(TensorProto tensor) {
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeProto.AttributeType.TENSOR)
        .setT(tensor)
        .build();
  }

  @Test
  void refusesFunctionsThatCallEachOtherWithoutEnd() {
    String endless = "has functions that call each other without end, or nearly: ";
    assertRefused(
        new SmallModel(call("F", "y", "x")).with(function("F", call("F", "b", "a"))),
        endless + "F is one of them");
    List<FunctionProto> laughs = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      laughs.add(function("F" + i, call("F" + (i + 1), "c", "a"), call("F" + (i + 1), "b", "c")));
    }
    laughs.add(function("F25", node("Relu", "b", "a")));
    assertRefused(
        new SmallModel(call("F0", "y", "x")).with(laughs.toArray(new FunctionProto[0])), endless);
  }

  @Test
  void refusesSidesThatNoTensorHas() {
    TensorProto.Builder nothing = integers("k", 0, 0).toBuilder().clearInt64Data().clearDims();
    NodeProto node = node("Relu", "y", "x");
    assertRefused(
        new SmallModel(node).with(nothing.addDims(3_000_000_000L).addDims(0).build()),
        "holds a tensor k with a side of 3000000000, and a side can be from 0 to 2147483647");
    assertRefused(
        new SmallModel(node)
            .with(nothing.clearDims().addDims(Integer.MAX_VALUE).addDims(0).build()),
        "holds a tensor k of no values, and of sides [2147483647, 0]");
  }

  /** ONNX's own tests use what operators can have: no domain is narrower than that. */
  @Test
  @EnabledIfEnvironmentVariable(named = "FMVIZ_ONNX_TESTDATA", matches = ".+")
  void takesWhatOnnxItselfTests() throws IOException {
    List<String> refused = new ArrayList<>();
    int count = 0;
    try (Stream<Path> files = Files.walk(Path.of(System.getenv("FMVIZ_ONNX_TESTDATA")))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".onnx")).toList()) {
        ModelReader.LoadedModel read = ModelReader.read(file);
        Structure structure = Structure.of(read.model(), read.weights());
        try {
          DomainCheck.check(structure, file);
          count++;
        } catch (UserException e) {
          refused.add(e.getMessage());
        }
      }
    }
    // Inputs of the graph itself are no constants: no network of pictures has such.
    assertThat(refused)
        .allMatch(message -> message.contains("TfIdfVectorizer") || message.contains("computed"));
    assertThat(count).isGreaterThan(900);
  }
}
