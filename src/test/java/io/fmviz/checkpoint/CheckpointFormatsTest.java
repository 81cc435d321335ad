package io.fmviz.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.TorchFixture;
import io.fmviz.base.TargetFile;
import io.fmviz.base.UserException;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.StoredExamples;
import io.fmviz.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files that PyTorch and NumPy wrote. */
class CheckpointFormatsTest {
  private static final ClassifierWidths WIDTHS = Topology.DIGITS.ofBase(2);
  private static final int[] ODD = {
    0x7fc00001,
    0xffc12345,
    0x7f800001,
    0x80000000,
    1,
    0x807fffff,
    0x7f800000,
    0xff800000,
    0x00800000,
    0x3f800001
  };

  @TempDir private Path folder;

  private static SavedClassifier read(String name) {
    return SavedClassifier.read(StoredExamples.file(name));
  }

  private static void assertDrawn(SavedClassifier saved, String... except) {
    assertThat(saved.widths()).isEqualTo(WIDTHS);
    assertThat(saved.metadata()).isEmpty();
    saved
        .tensors()
        .forEach(
            (name, tensor) -> {
              assertThat(tensor.type()).isEqualTo("F32");
              assertThat(tensor.shape()).isEqualTo(TorchFixture.shape("before." + name));
              if (!List.of(except).contains(name)) {
                assertThat(tensor.floats())
                    .as(name)
                    .isEqualTo(TorchFixture.floats("before." + name));
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prefixed.pth",
        "wrapped.pth",
        "strided.pth",
        "parameters.pth",
        "arrays.npz",
        "array.pth",
        "averaged.pth",
        "compiled.pth",
        "lightning.ckpt",
        "nested.pth",
        "tuple.pth",
        "beside.pth",
        "classes.pth",
        "extra.pth"
      })
  void readsWhatPyTorchAndNumPySaved(String name) {
    assertDrawn(read(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict.pth", "ordered.pth"})
  void readsOddNumbersToTheBit(String name) {
    SavedClassifier saved = read(name);
    assertDrawn(saved, "fc.bias");
    assertThat(StoredExamples.bits(saved.tensors().get("fc.bias"))).isEqualTo(ODD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float64", "float16", "bfloat16"})
  void convertsOtherTypesAsPyTorchDoes(String type) {
    Map<String, Tensor> converted =
        Safetensors.read(StoredExamples.file("converted.safetensors")).tensors();
    read(type + ".pth")
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(StoredExamples.bits(tensor))
                    .as(name)
                    .isEqualTo(StoredExamples.bits(converted.get(type + "." + name))));
  }

  @Test
  void readsCompressedArraysOfOtherTypesAndOrders() {
    SavedClassifier saved = read("compressed.npz");
    assertDrawn(saved, "net.3.bias");
    float[] drawn = TorchFixture.floats("before.net.3.bias");
    float[] halves = saved.tensors().get("net.3.bias").floats();
    for (int i = 0; i < drawn.length; i++) {
      // Eleven significant bits.
      assertThat(Math.abs(halves[i] - drawn[i])).isLessThanOrEqualTo(Math.abs(drawn[i]) / 2048);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whole_module.pth|is a pickled whole module (it refers to __main__.Classifier at byte 2 of"
            + " data.pkl): save its state dict instead, $SAVE",
        "script.pt|is a TorchScript archive: save the model's state dict instead, $SAVE",
        "legacy.pth|is in the format of PyTorch before 1.6: load it there or in a newer one, and"
            + " save it again with $SAVE",
        "norm.pth|does not fit the classifier: the tensor norm.bias does not belong there",
        "deeper.pth|does not fit the classifier: the tensor net.9.weight does not belong there",
        "both.pth|holds 2 networks that fit, model, model_ema: save the one that is meant in a file"
            + " of its own",
        "same.pth|holds 2 networks that fit, model, best.module (equal to the bit): save the one"
            + " that is meant in a file of its own",
        "expanded.pth|is not a PyTorch state dict: at byte 678 of data.pkl, a tensor has strides"
            + " that lead to the same place twice",
        "integers.pth|does not fit the classifier: the tensor fc.bias has the type I64, not F32,"
            + " F64, F16 or BF16",
        "objects.npz|can't be read as NumPy's arrays: fc.bias.npy, it holds pickled objects, which"
            + " fmviz does not open"
      })
  void saysWhatToDoWithWhatItDoesNotTake(String name, String message) {
    assertThatThrownBy(() -> read(name))
        .isInstanceOf(UserException.class)
        .hasMessage(
            StoredExamples.file(name)
                + " "
                + message.replace("$SAVE", "torch.save(model.state_dict(), \"model.pth\")"));
  }

  @Test
  void refusesTheTarArchivesOfTheFirstPyTorch() throws IOException {
    Path file = Files.write(folder.resolve("x.pth"), tar("sys_info"));
    assertThatThrownBy(() -> SavedClassifier.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + " is in the format of PyTorch before 1.6: ");
  }

  private static byte[] tar(String first) {
    byte[] tar = new byte[1024];
    System.arraycopy(first.getBytes(US_ASCII), 0, tar, 0, first.length());
    System.arraycopy("ustar".getBytes(US_ASCII), 0, tar, 257, 5);
    return tar;
  }

  @Test
  void saysWhatAFileIsThatIsNoCheckpoint() throws IOException {
    assertIsInstead(
        tar("model.pth"),
        "a tar archive, not a checkpoint; unpack it, and name a file that was in it");
    assertIsInstead(
        "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n".getBytes(US_ASCII),
        "a Git LFS pointer, not a checkpoint; fetch the file that it stands for with git lfs pull");
    assertIsInstead(
        "\u0089HDF\r\n\u001a\n........".getBytes(ISO_8859_1),
        "an HDF5 file, not a checkpoint; give safetensors, a state dict that torch.save wrote, or an"
            + " archive of numpy.savez");
  }

  private void assertIsInstead(byte[] content, String what) throws IOException {
    Path file = Files.write(folder.resolve("x.pth"), content);
    assertThatThrownBy(() -> SavedClassifier.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is " + what);
  }

  @Test
  void refusesAPickleThatIsInNoArchive() throws IOException {
    Path file = Files.write(folder.resolve("x.pth"), new byte[] {(byte) 0x80, 4, '}', '.'});
    assertThatThrownBy(() -> SavedClassifier.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is a bare pickle, not a state dict: save the model with"
                + " torch.save(model.state_dict(), \"model.pth\")");
  }

  /** The length of this file's header, 0x0280, begins as a pickle of protocol 2 does. */
  @Test
  void takesSafetensorsWhoseHeaderBeginsLikeAPickle() throws IOException {
    Path file = folder.resolve("x.safetensors");
    read("arrays.npz").export(new TargetFile(file, false));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    int length = Short.toUnsignedInt(Short.reverseBytes(bytes.getShort(0)));
    String header = new String(bytes.array(), 8, length, UTF_8);
    String trimmed = header.replaceFirst("\"__metadata__\":\\{.*?\\},", "").strip();
    byte[] padded = (trimmed + " ".repeat(0x0280 - trimmed.length())).getBytes(UTF_8);
    ByteBuffer changed = ByteBuffer.allocate(8 + 0x0280 + bytes.capacity() - 8 - length);
    changed.put(new byte[] {(byte) 0x80, 2, 0, 0, 0, 0, 0, 0}).put(padded);
    changed.put(bytes.position(8 + length));
    Files.write(file, changed.array());
    assertDrawn(SavedClassifier.read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.pth", "x.pt", "x.npz", "x.safetensors"})
  void exportsToTheBit(String name) throws IOException {
    SavedClassifier original = read("state_dict.pth");
    original.export(new TargetFile(folder.resolve(name), false));
    SavedClassifier again = SavedClassifier.read(folder.resolve(name));
    assertThat(again.tensors().keySet())
        .containsExactlyElementsOf(WIDTHS.parameterShapes().keySet());
    again
        .tensors()
        .forEach(
            (tensor, values) ->
                assertThat(StoredExamples.bits(values))
                    .as(tensor)
                    .isEqualTo(StoredExamples.bits(original.tensors().get(tensor))));
    again.export(new TargetFile(folder.resolve("again-" + name), false));
    assertThat(folder.resolve("again-" + name)).hasSameBinaryContentAs(folder.resolve(name));
  }

  @Test
  void writesTheSameEntriesAsPyTorch() throws IOException {
    Path ours = folder.resolve("x.pth");
    read("ordered.pth").export(new TargetFile(ours, false));
    Map<String, byte[]> written = StoredExamples.unzip(ours);
    // Newer than the PyTorch that wrote the fixture.
    assertThat(written.remove("archive/byteorder")).isEqualTo("little".getBytes(US_ASCII));
    Map<String, byte[]> theirs = new HashMap<>();
    StoredExamples.unzip(StoredExamples.file("ordered.pth"))
        .forEach((name, bytes) -> theirs.put(name.replace("ordered/", "archive/"), bytes));
    assertThat(written).hasSize(10).containsExactlyInAnyOrderEntriesOf(theirs);
  }

  @Test
  void writesTheSameArraysAsNumPy() throws IOException {
    Path ours = folder.resolve("x.npz");
    read("arrays.npz").export(new TargetFile(ours, false));
    assertThat(StoredExamples.unzip(ours))
        .hasSize(8)
        .containsExactlyEntriesOf(StoredExamples.unzip(StoredExamples.file("arrays.npz")));
  }

  @Test
  void alignsTheTensorsTo64Bytes() throws IOException {
    Path file = folder.resolve("x.pth");
    read("ordered.pth").export(new TargetFile(file, false));
    byte[] bytes = Files.readAllBytes(file);
    SavedClassifier.read(file)
        .tensors()
        .forEach(
            (name, tensor) -> {
              int place = Collections.indexOfSubList(list(bytes), list(tensor.bytes()));
              assertThat(place).as(name).isPositive();
              assertThat(place % 64).as(name).isZero();
            });
  }

  private static List<Byte> list(byte[] bytes) {
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }

  @Test
  void keepsWhatACheckpointSaysOfItselfAndAddsItsChecksum() throws IOException {
    Path elsewhere = folder.resolve("elsewhere.safetensors");
    read("arrays.npz").export(new TargetFile(elsewhere, false));
    Map<String, String> metadata = SavedClassifier.read(elsewhere).metadata();
    assertThat(metadata)
        .containsOnlyKeys(
            "format",
            "fmviz.format_version",
            "fmviz.version",
            "architecture",
            "widths",
            "tensors_sha256")
        .containsEntry("widths", "1,2,4,8,10");
    CheckpointInfo info =
        new CheckpointInfo(
            3,
            new CheckpointInfo.LearnedFrom("mnist", false, 64, 10),
            new CheckpointInfo.Settings(7, 0.01f, 8, 4, 1, "cpu"),
            0.5,
            0.25,
            "0.0.1");
    Path trained = folder.resolve("trained.safetensors");
    Map<String, float[]> weights = new HashMap<>();
    read("arrays.npz").tensors().forEach((name, tensor) -> weights.put(name, tensor.floats()));
    SavedClassifier.of(trained, WIDTHS, weights, info).write();
    Path exported = folder.resolve("exported.safetensors");
    SavedClassifier.read(trained).export(new TargetFile(exported, false));
    assertThat(exported).hasSameBinaryContentAs(trained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x.onnx", ".pth", "pth", "x.pth.bak"})
  void knowsNoOtherNames(String name) {
    Path file = folder.resolve(name);
    assertThat(CheckpointFormat.of(file)).isEmpty();
    assertThatThrownBy(
            () -> new Checkpoint(file, Map.of(), Map.of()).export(new TargetFile(file, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + " ends like no format");
  }
}
