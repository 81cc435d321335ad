package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherModelTest {
  @TempDir private Path folder;

  private Path zip(String name, String... entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(new byte[100]);
      }
    }
    return file;
  }

  private Path bytes(String name, String bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void assertSaid(Path file, String kind, String advice) {
    assertThatThrownBy(() -> OnnxModel.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s is %s, not an ONNX model; %s"
                .formatted(file, kind, advice.replace("DIR", folder.toString())));
  }

  @Test
  void aStateDictOfTorchvisionsIsExportedByOneLine() throws IOException {
    assertSaid(
        zip("resnet18-f37072fd.pth", "resnet18/data.pkl", "resnet18/data/0"),
        "a PyTorch file, which holds weights and no network",
        "in Python: import torch, torchvision; net = torchvision.models.resnet18(); net.load_state_dict(torch.load(\"DIR/resnet18-f37072fd.pth\")); torch.onnx.export(net.eval(), torch.zeros(1, 3, 224, 224), \"DIR/resnet18-f37072fd.onnx\")");
  }

  @Test
  void otherWeightsNeedTheirNetwork() throws IOException {
    String advice =
        "in Python, where net is the network that they belong to: import torch; net.load_state_dict(torch.load(\"DIR/%s\")); torch.onnx.export(net.eval(), torch.zeros(1, 3, 224, 224), \"DIR/%s\")";
    String kind = "a PyTorch file, which holds weights and no network";
    assertSaid(
        zip("mine.pth", "archive/data.pkl"), kind, advice.formatted("mine.pth", "mine.onnx"));
    assertSaid(zip("a.bin", "archive/data.pkl"), kind, advice.formatted("a.bin", "a.bin.onnx"));
    String old = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";
    assertSaid(bytes("old.pt", old), kind, advice.formatted("old.pt", "old.onnx"));
  }

  @Test
  void torchScriptIsLoadedAndExported() throws IOException {
    assertSaid(
        zip("net.pt", "net/data.pkl", "net/code/__torch__.py", "net/constants.pkl"),
        "TorchScript, PyTorch's own format",
        "in Python: import torch; torch.onnx.export(torch.jit.load(\"DIR/net.pt\"), torch.zeros(1, 3, 224, 224), \"DIR/net.onnx\")");
  }

  @Test
  void aPickledModuleIsItsOwnNetwork() throws IOException {
    Path file = folder.resolve("whole.pt");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      byte[] pickle =
          "\u0080\u0002ctorchvision.models.resnet\nResNet\nq\0"
              .getBytes(StandardCharsets.ISO_8859_1);
      ZipEntry entry = new ZipEntry("whole/data.pkl");
      CRC32 crc = new CRC32();
      crc.update(pickle);
      entry.setCrc(crc.getValue());
      entry.setSize(pickle.length);
      zip.putNextEntry(entry);
      zip.write(pickle);
    }
    assertSaid(
        file,
        "a pickled module of PyTorch's",
        "in Python, where its classes are: import torch; net = torch.load(\"DIR/whole.pt\", weights_only=False); torch.onnx.export(net.eval(), torch.zeros(1, 3, 224, 224), \"DIR/whole.onnx\")");
  }

  @Test
  void safetensorsAreWeightsOfANetwork() throws IOException {
    assertSaid(
        bytes("model.safetensors", "\u0010\0\0\0\0\0\0\0{\"a\":{}}        "),
        "a safetensors file, which holds weights and no network",
        "in Python, where net is the network that they belong to: import torch, safetensors.torch; net.load_state_dict(safetensors.torch.load_file(\"DIR/model.safetensors\")); torch.onnx.export(net.eval(), torch.zeros(1, 3, 224, 224), \"DIR/model.onnx\")");
  }

  @Test
  void kerasAndTensorFlowAreConverted() throws IOException {
    String convert = "with tf2onnx: python3 -m tf2onnx.convert ";
    assertSaid(
        bytes("net.h5", "\u0089HDF\r\n\u001a\n"),
        "an HDF5 file, as Keras writes models",
        convert + "--keras DIR/net.h5 --output DIR/net.onnx");
    assertSaid(
        zip("net.keras", "metadata.json", "config.json"),
        "a Keras model",
        convert + "--keras DIR/net.keras --output DIR/net.onnx");
    assertSaid(
        bytes("net.tflite", "\u001c\0\0\0TFL3...."),
        "a TensorFlow Lite model",
        convert + "--tflite DIR/net.tflite --output DIR/net.onnx");
    assertSaid(
        bytes("net.pb", "\n\u0010\n\u0005"),
        "a TensorFlow graph",
        convert
            + "--graphdef DIR/net.pb --output DIR/net.onnx --inputs INPUT:0 --outputs OUTPUT:0");
    assertSaid(
        bytes("saved_model.pb", "\u0008\u0001\u0012"),
        "TensorFlow's SavedModel",
        convert + "--saved-model DIR --output DIR/saved_model.onnx");
    assertThatThrownBy(() -> OnnxModel.read(folder))
        .hasMessageStartingWith(folder + " is TensorFlow's SavedModel, not an ONNX model; ");
  }

  @Test
  void anArchiveOfSomethingElseIsAnArchive() throws IOException {
    Path file = zip("net.zip", "net.onnx");
    assertThatThrownBy(() -> OnnxModel.read(file))
        .hasMessage(
            file
                + " is a zip archive, not an ONNX model; unpack it, and name a file that was in it");
  }
}
