package io.fmviz.network.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What the table says of operators. */
class OperatorsTest {
  /** A line for each operator of ONNX's own test models. */
  private static final String LISTED = "/onnx/operators.txt";

  private static NodeProto node(String domain, String type) {
    return NodeProto.newBuilder().setDomain(domain).setOpType(type).build();
  }

  /** All that the table says, in one line; its numbers aside, which only a graph has. */
  private static String line(Operator operator) {
    List<String> facts = new ArrayList<>();
    Operator.Inputs inputs = operator.inputs();
    if (operator.passing() != Passing.NOTHING) {
      facts.add("passes " + operator.passing());
    }
    if (operator.reach() != Reach.UNKNOWN) {
      facts.add("reads " + operator.reach());
    }
    if (!inputs.weights().isEmpty()) {
      facts.add("weight at " + inputs.weights());
    }
    if (inputs.bias() >= 0) {
      facts.add("bias at " + inputs.bias());
    }
    if (!inputs.learned().isEmpty()) {
      facts.add("learned " + new TreeSet<>(inputs.learned()));
    }
    if (!inputs.operands().isEmpty()) {
      facts.add("operands " + new TreeSet<>(inputs.operands()));
    }
    if (inputs.scale() >= 0) {
      facts.add("scale at " + inputs.scale());
    }
    if (operator.each() != null) {
      facts.add("of each " + (operator.each().operands() == 1 ? "value" : "two values"));
    }
    if (operator.cutOff() != null) {
      facts.add("cut off");
    }
    if (operator.variant() != null) {
      facts.add("has variants");
    }
    facts.addAll(new TreeSet<>(operator.traits()).stream().map(Enum::name).toList());
    return "%s: %s; %s"
        .formatted(
            operator.name(),
            operator.layer(),
            facts.isEmpty() ? "nothing is known" : String.join(", ", facts));
  }

  private static List<String> listed() throws IOException {
    try (InputStream file = OperatorsTest.class.getResourceAsStream(LISTED)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** So that a hole is seen: a new operator, or a new fact, is a line here. */
  @Test
  @EnabledIfEnvironmentVariable(named = "FMVIZ_ONNX_TESTDATA", matches = ".+")
  void everyOperatorOfOnnxsTestsIsListedWithWhatIsKnownOfIt() throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of(System.getenv("FMVIZ_ONNX_TESTDATA")))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".onnx")).toList()) {
        for (NodeProto node :
            ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeList()) {
          lines.add(line(Operators.of(node)));
        }
      }
    }
    assertThat(lines).containsExactlyElementsOf(listed());
  }

  /** The same on a machine without those models. */
  @Test
  void theListSaysWhatTheTableSays() throws IOException {
    assertThat(
            listed().stream()
                .map(line -> line.substring(0, line.indexOf(':')))
                .map(name -> line(Operators.of(node("", name))))
                .collect(Collectors.toList()))
        .isEqualTo(listed());
  }

  @Test
  void anOperatorOfAnotherDomainIsNotOnnxs() {
    Operator other = Operators.of(node("my.own", "Conv"));
    assertThat(line(other)).isEqualTo("Conv: Conv; nothing is known");
    assertThat(line(Operators.of(node("ai.onnx", "Conv"))))
        .isEqualTo(line(Operators.of(node("", "Conv"))))
        .startsWith("Conv: Conv2d; ");
  }

  @Test
  void onnxRuntimesOwnOperatorsAreKnownInItsDomainAlone() {
    assertThat(line(Operators.of(node("com.microsoft", "QLinearSigmoid"))))
        .isEqualTo("QLinearSigmoid: Sigmoid; reads POINT, scale at 3");
    assertThat(line(Operators.of(node("", "QLinearSigmoid"))))
        .isEqualTo("QLinearSigmoid: QLinearSigmoid; nothing is known");
    assertThat(line(Operators.of(node("com.microsoft", "Conv"))))
        .isEqualTo("Conv: Conv; nothing is known");
  }

  @Test
  void aNameFromAFileIsLettersAndDigits() {
    assertThat(Operators.of(node("x", "../../etc/passwd")).layer()).isEqualTo("etcpasswd");
    assertThat(Operators.of(node("x", "..")).layer()).isEqualTo("Operator");
    assertThat(Operators.of(node("x", "A".repeat(50))).layer()).isEqualTo("A".repeat(40));
  }
}
