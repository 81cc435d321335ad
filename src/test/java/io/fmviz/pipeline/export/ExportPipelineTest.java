package io.fmviz.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.base.Sha256;
import io.fmviz.base.Versions;
import io.fmviz.cli.Typed;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportPipelineTest {
  private static final String END = System.lineSeparator();
  private static final String PTH = resource("state_dict.pth");

  @TempDir private Path folder;

  /** The file has NaNs of several kinds, and infinities, to be kept to the bit. */
  private static final String WARNING =
      "fmviz: WARNING: %s has values that are NaN or infinite: 5 of 482 weights; nothing follows from them%n"
          .formatted(PTH);

  private static String resource(String name) {
    try {
      return Path.of(ExportPipelineTest.class.getResource("/pytorch/" + name).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Typed export(String checkpoint, String... more) {
    String[] all = new String[2 + more.length];
    all[0] = "export";
    all[1] = "--checkpoint=" + checkpoint;
    System.arraycopy(more, 0, all, 2, more.length);
    return Typed.fmviz(folder, all);
  }

  @ParameterizedTest
  @CsvSource({
    "x.pth, PyTorch state dict",
    "x.PT, PyTorch state dict",
    "x.safetensors, safetensors",
    "new/x.npz, NumPy archive"
  })
  void writesTheFormatOfTheName(String name, String format) throws IOException {
    Path file = folder.resolve(name);
    Typed typed = export(PTH, "--to=" + file);
    assertThat(typed.err()).isEqualTo(WARNING);
    assertThat(typed.exit()).isZero();
    assertThat(typed.out())
        .isEqualTo(
            "%s -> %s (%s, 482 parameters, %,d bytes)%n"
                .formatted(PTH, file, format, Files.size(file)));
    assertThat(Typed.fmviz(folder, "summary", "--checkpoint=" + file).out())
        .contains("Total params: 482");
  }

  @Test
  void tellsWhatItWroteAsJson() throws IOException {
    Path file = folder.resolve("x.pth");
    Typed typed = export(PTH, "--to=" + file, "--json", "--quiet");
    assertThat(typed.err()).isEqualTo(WARNING);
    assertThat(typed.out()).hasLineCount(1);
    JsonObject result = JsonParser.parseString(typed.out()).getAsJsonObject();
    assertThat(result.keySet())
        .containsExactly(
            "checkpoint", "file", "format", "parameters", "weightsNotANumber", "bytes", "sha256");
    assertThat(result.get("weightsNotANumber").getAsInt()).isEqualTo(5);
    assertThat(result.get("checkpoint").getAsString()).isEqualTo(PTH);
    assertThat(result.get("file").getAsString()).isEqualTo(file.toString());
    assertThat(result.get("format").getAsString()).isEqualTo("PyTorch state dict");
    assertThat(result.get("parameters").getAsInt()).isEqualTo(482);
    assertThat(result.get("bytes").getAsLong()).isEqualTo(Files.size(file));
    assertThat(result.get("sha256").getAsString()).isEqualTo(Sha256.of(file));
  }

  @Test
  void writesAnOnnxModel() throws IOException {
    Path file = folder.resolve("x.onnx");
    Typed typed = export(resource("arrays.npz"), "--to=" + file);
    assertThat(typed.exit()).as(typed.err()).isZero();
    assertThat(typed.out())
        .isEqualTo(
            "%s -> %s (ONNX, 482 parameters, %,d bytes)%n"
                .formatted(resource("arrays.npz"), file, Files.size(file)));
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(model.getMetadataPropsList())
        .extracting(entry -> entry.getKey() + "=" + entry.getValue())
        .containsExactly(
            "fmviz.fit=digit",
            "names={0: '0', 1: '1', 2: '2', 3: '3', 4: '4', 5: '5', 6: '6', 7: '7', 8: '8', 9: '9'}",
            "fmviz.version=" + Versions.get().fmviz(),
            "architecture=conv3-gap-linear",
            "widths=1,2,4,8,10");
  }

  @Test
  void givesTheSameBytesRoundAllFormats() {
    String from = PTH;
    for (String name : new String[] {"1.safetensors", "2.npz", "3.pth", "4.npz", "5.safetensors"}) {
      assertThat(export(from, "--to=$DIR/" + name).exit()).isZero();
      from = folder.resolve(name).toString();
    }
    assertThat(folder.resolve("4.npz")).hasSameBinaryContentAs(folder.resolve("2.npz"));
    assertThat(folder.resolve("5.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("1.safetensors"));
  }

  @Test
  void takesTheNewestCheckpointOfTheModelFolder() throws IOException {
    assertThat(export(PTH, "--to=$DIR/epoch_4.safetensors").exit()).isZero();
    Typed typed = Typed.fmviz(folder, "export", "--model-dir=$DIR", "--to=$DIR/x.npz");
    assertThat(typed.out())
        .startsWith(folder.resolve("epoch_4.safetensors") + " -> " + folder.resolve("x.npz"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", ".onnx", "model.pth.txt", "."})
  void answersAnotherEndingAsWrongUsage(String name) {
    Typed typed = export(PTH, "--to=" + name);
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .isEqualTo(
            "fmviz: --to must end in .pth, .pt, .safetensors, .npz or .onnx, not be "
                + name
                + " (see fmviz export --help)"
                + END);
  }

  @Test
  void wantsToKnowWhereTo() {
    Typed typed = export(PTH);
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err())
        .isEqualTo("fmviz: Missing required option: '--to=FILE' (see fmviz export --help)" + END);
  }

  private void assertKept(String reason, String... options) {
    Typed typed = export(PTH, options);
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .isEqualTo("fmviz: cannot write " + folder.resolve("x.pth") + ": " + reason + END);
  }

  @Test
  void replacesAFileOnlyWhenForced() throws IOException {
    Path file = Files.writeString(folder.resolve("x.pth"), "a thesis");
    assertKept(
        "it already exists; name another file, or give --force to replace it", "--to=$DIR/x.pth");
    assertThat(file).hasContent("a thesis");
    assertThat(export(PTH, "--to=$DIR/x.pth", "--force").exit()).isZero();
    assertThat(Files.size(file)).isGreaterThan(1000);
  }

  @Test
  void writesOverNoFolder() throws IOException {
    Files.createDirectory(folder.resolve("x.pth"));
    assertKept("it is a folder; name a file", "--to=$DIR/x.pth", "--force");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
  void writesOverNoLink() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "a thesis");
    Files.createSymbolicLink(folder.resolve("x.pth"), target);
    assertKept("it is a symbolic link; name the file itself", "--to=$DIR/x.pth", "--force");
    assertThat(target).hasContent("a thesis");
  }

  @Test
  void leavesNothingOfAFailedExport() {
    Typed typed = export(resource("whole_module.pth"), "--to=$DIR/x.npz");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err())
        .startsWith("fmviz: ")
        .contains("whole_module.pth is a pickled whole module")
        .hasLineCount(1);
    assertThat(folder).isEmptyDirectory();
  }
}
