package io.fmviz.pipeline.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopPipelineTest {
  @TempDir private Path folder;
  private Path out;
  private String fixed;

  @BeforeEach
  void makeACheckpoint() {
    out = folder.resolve("out");
    fixed =
        "top --dataset synthetic --checkpoint %s --out %s "
            .formatted(SmallNetwork.checkpoint(folder, "small", "before."), out);
  }

  @Test
  void makesASheetWithARowForEachChannel() throws IOException {
    JsonObject result =
        Typed.fmviz(fixed + "--json --limit 50 --count 4 --layers Conv2d_2,ReLU_3").json();
    assertThat(SmallNetwork.files(out))
        .containsExactly("Conv2d_2.png", "ReLU_3.png", "index.html", "manifest.json");
    assertThat(result.get("images").getAsInt()).isEqualTo(50);
    JsonObject sheet = result.getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(sheet.getAsJsonObject("receptiveField").toString())
        .isEqualTo("{\"size\":8,\"stride\":2,\"padding\":3}");
    JsonArray channels = sheet.getAsJsonArray("channels");
    assertThat(channels).hasSize(4);
    for (JsonElement channel : channels) {
      double last = Double.MAX_VALUE;
      assertThat(channel.getAsJsonArray().size()).isLessThanOrEqualTo(4);
      for (JsonElement response : channel.getAsJsonArray()) {
        double value = response.getAsJsonObject().get("value").getAsDouble();
        assertThat(value).isPositive().isLessThanOrEqualTo(last);
        assertThat(response.getAsJsonObject().get("index").getAsInt()).isBetween(1, 50);
        last = value;
      }
    }
    // Crops of 8 pixels, five times as large: 36 / 8 rounded; three lines of title, captions. Two
    // channels without a response have their label alone.
    var picture = ImageIO.read(out.resolve("Conv2d_2.png").toFile());
    assertThat(channels).filteredOn(channel -> channel.getAsJsonArray().isEmpty()).hasSize(2);
    assertThat(picture.getHeight()).isEqualTo(36 + 2 + 4 + 2 * (40 + 10) + 2 * (12 + 10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--count 0|--count must be from 1 to 100, not 0 (see fmviz top --help)",
        "--limit 0|--limit must be at least 1, not 0 (see fmviz top --help)",
        "--scale 33|--scale must be from 1 to 32, not 33 (see fmviz top --help)",
        "--split all|Invalid value for option '--split': 'all' is none of train, test (see fmviz top"
            + " --help)"
      })
  void wrongUsageIsOneLineAndExitCode2(String options, String message) {
    Typed run = Typed.fmviz(fixed + options);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("fmviz: " + message + System.lineSeparator());
    assertThat(out).doesNotExist();
  }
}
