package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.dataset.photo.Fit;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import io.fmviz.network.Origin;
import io.fmviz.network.onnx.OnnxKind;
import io.fmviz.network.torch.ClassifierKind;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.Topology;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkKindsTest {
  private static final Path MODEL = Path.of("src", "test", "resources", "onnx", "preserved.onnx");

  @ParameterizedTest
  @CsvSource({
    "net.onnx, true, false",
    "folder/NET.ONNX, true, false",
    "epoch_0.safetensors, false, true",
    "epoch_0.PTH, false, true",
    "epoch_0.pt, false, true",
    "epoch_0.npz, false, true",
    "epoch_0, false, false",
    "onnx, false, false",
    "net.onnx.png, false, false"
  })
  void namesTellWhatAFileIs(String name, boolean isModel, boolean isCheckpoint) {
    assertThat(NetworkKinds.isModel(name)).isEqualTo(isModel);
    assertThat(NetworkKinds.isCheckpoint(name)).isEqualTo(isCheckpoint);
  }

  @Test
  void aModelIsOneWhicheverWayItIsNamed() {
    assertThat(NetworkKinds.ofCheckpoint(null)).isEqualTo(new ClassifierKind());
    assertThat(NetworkKinds.ofCheckpoint("epoch_0")).isEqualTo(new ClassifierKind());
    assertThat(NetworkKinds.ofCheckpoint("Net.Onnx")).isEqualTo(new OnnxKind());
    assertThat(NetworkKinds.ofModel("net.onnx")).isEqualTo(new OnnxKind());
    // What is something else is told so.
    assertThat(NetworkKinds.ofModel("epoch_0.safetensors")).isEqualTo(new OnnxKind());
    Network copied = NetworkRequest.ofModel(Path.of("net.onnx")).open(MODEL);
    assertThat(copied.location()).isEqualTo("net.onnx");
  }

  @ParameterizedTest
  @CsvSource({
    "dead --split test, false, true",
    "dead --checkpoint a.ONNX, false, false",
    "dead --model x, true, false",
    "dead --model=x.onnx, true, false"
  })
  void theEngineOfACommandLineIsKnownAhead(String line, boolean isModel, boolean isOnTorch) {
    assertThat(NetworkKinds.isOnTorch(List.of(line.split(" ", -1)), isModel)).isEqualTo(isOnTorch);
  }

  @Test
  void onlyAModelIsReadWithWhatLiesBesideIt() {
    assertThat(new OnnxKind().beside("net.onnx"))
        .containsExactly(
            "preprocessor_config.json", "config.json", "net.onnx.data", "net.onnx_data");
    assertThat(new ClassifierKind().beside("epoch_0.safetensors")).isEmpty();
  }

  /** As an executor does, which gets what the driver has decided. */
  @Test
  void aSentKindOpensTheSameNetworkAsWasDecidedElsewhere() throws Exception {
    Network network = NetworkRequest.ofModel(MODEL).open();
    assertThat(network.origin()).isEqualTo(Origin.MODEL);
    Preprocessing decided = network.input().reading();
    Network again =
        sent(new OnnxKind())
            .open(
                MODEL,
                "hdfs://names/net.onnx",
                NetworkKind.Reading.decided(sent(decided)),
                sent(AnswerChoice.ANY));
    assertThat(network.location()).isEqualTo(MODEL.toString());
    assertThat(again.location()).isEqualTo("hdfs://names/net.onnx");
    assertThat(again.sha256()).isEqualTo(network.sha256());
    assertThat(again.input().reading().text()).isEqualTo(decided.text());
    assertThat(sent(new ClassifierKind())).isEqualTo(new ClassifierKind());
  }

  @Test
  void aCheckpointsPicturesAreReadAsDigitsUnlessSomebodySaysOtherwise() {
    ClassifierNetwork network = ClassifierNetwork.untrained(Topology.DIGITS.ofBase(2));
    assertThat(network.origin()).isEqualTo(Origin.CHECKPOINT);
    Preprocessing reading =
        network.reading(NetworkKind.Reading.asChosen(ReadingChoice.NONE)).input().reading();
    assertThat(reading.fit()).isEqualTo(Fit.DIGIT);
  }

  @SuppressWarnings("unchecked") // what was written is read
  private static <T> T sent(T object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
