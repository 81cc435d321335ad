package io.fmviz.jar;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Utils;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.jar.PackagedJar.Run;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The engines' libraries: where they are unpacked, what is loaded, and how the process ends. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "rights and signals are others' there")
class NativesIT {
  private static final String[] TRAIN = {
    "train", "--dataset=synthetic", "--limit-train=10", "--limit-test=10", "--quiet"
  };
  private static final String LIBTORCH = System.mapLibraryName("torch_cpu");

  @TempDir private Path folder;

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Starts unpacking, and ends the process by a signal when libtorch is half done. */
  private int interrupted(Map<String, String> environment, Path unpacked, String signal)
      throws Exception {
    List<String> command =
        PackagedJar.command(PackagedJar.JAVA, PackagedJar.FILE.toAbsolutePath(), TRAIN);
    Process process =
        PackagedJar.start(
            folder, environment, command, folder.resolve("out"), folder.resolve("err"));
    try {
      for (int i = 0; i < 6000 && process.isAlive() && !isHalfDone(unpacked); i++) {
        Thread.sleep(10);
      }
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isHalfDone(Path unpacked) throws IOException {
    if (!Files.isDirectory(unpacked)) {
      return false;
    }
    try (var files = Files.list(unpacked)) {
      return files.anyMatch(file -> isTemporary(file) && file.toFile().length() > 20_000_000);
    }
  }

  private static boolean isTemporary(Path file) {
    return file.getFileName().toString().startsWith("." + LIBTORCH);
  }

  @Test
  void whatAnInterruptedStartLeftGoesAndWhatIsDamagedIsUnpackedAnew() throws Exception {
    Map<String, String> environment = Map.of("DJL_CACHE_DIR", folder.resolve("djl").toString());
    Path unpacked = folder.resolve("djl/pytorch");
    assertThat(interrupted(environment, unpacked, "TERM")).isEqualTo(143);
    assertThat(names(unpacked)).hasSize(2).contains(".fmviz.lock");
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    assertThat(interrupted(environment, unpacked, "KILL")).isEqualTo(137);
    assertThat(names(unpacked)).hasSize(3);
    Run first = PackagedJar.run(folder, PackagedJar.JAVA, environment, TRAIN);
    assertThat(first.err()).isEmpty();
    assertThat(first.exit()).isZero();
    assertThat(names(unpacked)).hasSize(2).contains(".fmviz.lock");

    Path library = unpacked.resolve(names(unpacked).get(1)).resolve(LIBTORCH);
    long size = Files.size(library);
    int right;
    try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "rw")) {
      file.seek(size / 2);
      right = file.read();
      file.seek(size / 2);
      file.write(right ^ 1);
    }
    assertThat(PackagedJar.run(folder, PackagedJar.JAVA, environment, TRAIN).exit()).isZero();
    try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "rw")) {
      file.seek(size / 2);
      assertThat(file.read()).isEqualTo(right);
      file.setLength(size / 4);
    }
    assertThat(PackagedJar.run(folder, PackagedJar.JAVA, environment, TRAIN).exit()).isZero();
    assertThat(library).hasSize(size);
  }

  @Test
  void aFolderThatOthersCanWriteIsNamedAndNotUsed() throws Exception {
    Path shared = Files.createDirectory(folder.toRealPath().resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    Run run =
        PackagedJar.run(
            folder, PackagedJar.JAVA, Map.of("DJL_CACHE_DIR", shared.toString()), TRAIN);
    assertThat(run.err())
        .startsWith("fmviz: WARNING: " + shared + " can be written by others; the PyTorch engine")
        .contains(" is loaded from " + Utils.getCacheDir())
        .hasLineCount(1);
    assertThat(run.exit()).isZero();
    assertThat(shared).isEmptyDirectory();
  }

  @Test
  void withoutRoomOneLineSaysWhereAndWhatToSet() throws Exception {
    Path model = Path.of("src/test/resources/onnx/folded.onnx").toAbsolutePath();
    // No file may grow beyond 1,000 KiB: JNA's library has 131, ONNX Runtime's 27,830.
    String limited = "ulimit -f 1000; exec \"$@\"";
    Map<String, String> environment =
        Map.of(
            "DJL_CACHE_DIR", folder.resolve("djl").toString(),
            "FMVIZ_CACHE_DIR", folder.resolve("cache").toString());
    List<String> java = new ArrayList<>(List.of("bash", "-c", limited, "bash"));
    java.addAll(
        List.of(
            PackagedJar.JAVA.toString(),
            "-Djava.io.tmpdir=" + folder,
            "-jar",
            PackagedJar.FILE.toAbsolutePath().toString()));
    List<String> train = new ArrayList<>(java);
    train.addAll(List.of(TRAIN));
    Run torch = PackagedJar.run(folder, environment, train);
    assertThat(torch.err())
        .startsWith(
            "fmviz: the PyTorch engine can't be started from its cache folder "
                + folder.resolve("djl")
                + ": cannot write ")
        .contains("File too large (it takes ")
        .endsWith("; set DJL_CACHE_DIR to a folder that can be written\n")
        .hasLineCount(1);
    assertThat(torch.exit()).isEqualTo(1);
    List<String> summary = new ArrayList<>(java);
    summary.addAll(List.of("summary", "--model=" + model));
    Run onnx = PackagedJar.run(folder, environment, summary);
    assertThat(onnx.err())
        .startsWith(
            "fmviz: ONNX Runtime can't be started from its cache folder "
                + folder.resolve("cache/libraries")
                + ": cannot write ")
        .contains("File too large", "fmviz-")
        .endsWith("; set FMVIZ_CACHE_DIR to a folder that can be written\n")
        .hasLineCount(1);
    assertThat(onnx.exit()).isEqualTo(1);
  }

  /** Functions of functions, which ONNX Runtime unfolds into 65,536 operators as it loads. */
  private static byte[] slow() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    model.addOpsetImport(opset("", 17)).addOpsetImport(opset("loc", 1));
    model.getGraphBuilder().setName("slow").addNode(node("F16", "x", "y"));
    for (String name : new String[] {"x", "y"}) {
      ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
      TypeProto.Tensor.Builder tensor = value.getTypeBuilder().getTensorTypeBuilder();
      tensor.setElemType(1);
      for (int side : new int[] {1, 1, 8, 8}) {
        tensor.getShapeBuilder().addDimBuilder().setDimValue(side);
      }
      if (name.equals("x")) {
        model.getGraphBuilder().addInput(value);
      } else {
        model.getGraphBuilder().addOutput(value);
      }
    }
    for (int i = 0; i <= 16; i++) {
      FunctionProto.Builder function = model.addFunctionsBuilder();
      function.setName("F" + i).setDomain("loc").addInput("a").addOutput("b");
      function.addOpsetImport(opset("", 17)).addOpsetImport(opset("loc", 1));
      String inner = "F" + (i - 1);
      if (i == 0) {
        function.addNode(NodeProto.newBuilder().setOpType("Relu").addInput("a").addOutput("b"));
      } else {
        function.addNode(node(inner, "a", "m")).addNode(node(inner, "m", "b"));
      }
    }
    return model.build().toByteArray();
  }

  private static NodeProto node(String function, String input, String output) {
    return NodeProto.newBuilder()
        .setOpType(function)
        .setDomain("loc")
        .addInput(input)
        .addOutput(output)
        .build();
  }

  private static OperatorSetIdProto opset(String domain, int version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  @Test
  void ctrlCWhileAnEngineWorksEndsTheProcessWithoutACrash() throws Exception {
    Path model = Files.write(folder.resolve("net.onnx"), slow());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command =
        Interrupt.heeded(
            PackagedJar.command(
                PackagedJar.JAVA,
                PackagedJar.FILE.toAbsolutePath(),
                "summary",
                "--model=" + model));
    for (int i = 0; i < 3; i++) {
      Process process = PackagedJar.start(folder, Map.of(), command, out, err);
      try {
        assertThat(process.waitFor(2_500 + 300 * i, TimeUnit.MILLISECONDS)).isFalse();
        String signal = i == 1 ? "TERM" : "INT";
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor()).isEqualTo(i == 1 ? 143 : 130);
      } finally {
        process.destroyForcibly();
      }
      assertThat(Files.readString(err) + Files.readString(out)).isEmpty();
      assertThat(names(folder)).containsExactly("err", "net.onnx", "out");
    }
  }
}
