package io.fmviz.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.Shared;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatePipelineTest {
  @TempDir private Path folder;

  @Test
  void writesLogitsInTheImagesOrder() throws IOException {
    Path checkpoint = SmallNetwork.checkpoint(folder, "small", "before.");
    String[] evaluate = {
      "evaluate",
      "--checkpoint=" + checkpoint,
      "--dataset=synthetic",
      "--limit-test=7",
      "--test-batch-size=3",
      "--threads=1",
      "--logits=$DIR/x.npy",
      "--json"
    };
    Typed typed = Typed.fmviz(folder, evaluate);
    assertThat(typed.exit()).as(typed.err()).isZero();
    JsonObject result = JsonParser.parseString(typed.out()).getAsJsonObject();
    Path file = folder.resolve("x.npy");
    assertThat(result.get("logits").getAsString()).isEqualTo(file.toString());
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, 10, 118, "US-ASCII").strip())
        .isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (7, 10), }");
    assertThat(bytes).hasSize(128 + 7 * 10 * 4);
    ByteBuffer logits = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(128);
    int[] predicted = new int[10];
    for (int image = 0; image < 7; image++) {
      int best = 0;
      float[] row = new float[10];
      for (int c = 0; c < 10; c++) {
        row[c] = logits.getFloat();
        best = row[c] > row[best] ? c : best;
      }
      predicted[best]++;
    }
    for (int c = 0; c < 10; c++) {
      int column = 0;
      for (int label = 0; label < 10; label++) {
        column += result.getAsJsonArray("confusion").get(label).getAsJsonArray().get(c).getAsInt();
      }
      assertThat(predicted[c]).as("predictions of %d", c).isEqualTo(column);
    }
    assertThat(Typed.fmviz(folder, evaluate).err())
        .isEqualTo(
            "fmviz: cannot write "
                + file
                + ": it already exists; name another file, or give --force to replace it"
                + System.lineSeparator());
    evaluate[7] = "--force";
    assertThat(Typed.fmviz(folder, evaluate).out())
        .endsWith("logits of 7 images -> " + file + System.lineSeparator());
    assertThat(file).hasBinaryContent(bytes);
  }

  @ParameterizedTest
  @EnabledIfEnvironmentVariable(
      named = Shared.VARIABLE,
      matches = ".+",
      disabledReason = Shared.ABSENT)
  @ValueSource(strings = {"epoch_0.safetensors", "epoch_0.pth"})
  void evaluatesTheReferencesWeightsAsPyTorchDoes(String checkpoint) {
    JsonObject result =
        Typed.fmviz(
                "evaluate --json --checkpoint=%s --data=%s"
                    .formatted(Shared.reference(checkpoint), Shared.mnist()))
            .json();
    assertThat(result.get("total").getAsInt()).isEqualTo(10_000);
    assertThat(result.get("correct").getAsInt()).isCloseTo(9_366, within(1));
    JsonArray confusion = result.getAsJsonArray("confusion");
    int diagonal = 0;
    int all = 0;
    for (int label = 0; label < 10; label++) {
      for (int predicted = 0; predicted < 10; predicted++) {
        int count = confusion.get(label).getAsJsonArray().get(predicted).getAsInt();
        all += count;
        diagonal += label == predicted ? count : 0;
      }
    }
    assertThat(all).isEqualTo(10_000);
    assertThat(diagonal).isEqualTo(result.get("correct").getAsInt());
  }
}
