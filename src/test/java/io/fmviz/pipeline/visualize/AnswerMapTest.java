package io.fmviz.pipeline.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against what {@code cam} says of the same image. */
class AnswerMapTest {
  @TempDir private Path folder;
  private String network;

  @BeforeEach
  void makeACheckpoint() {
    network = "--checkpoint " + SmallNetwork.checkpoint(folder, "small", "before.");
  }

  private String page(String options) throws IOException {
    Path out = folder.resolve("maps");
    Typed run =
        Typed.fmviz(
            "visualize %s --out %s --samples 1 ".formatted(network, out)
                + SmallNetwork.data(options));
    assertThat(run.exit()).as(run.err()).isZero();
    return Files.readString(out.resolve("1-0").resolve("index.html"));
  }

  private static String element(String page, String id) {
    Matcher element =
        Pattern.compile("<script type=\"[^\"]+\" id=\"" + id + "\">([^<]*)</script>").matcher(page);
    return element.find() ? element.group(1) : null;
  }

  private JsonObject map() {
    JsonObject result =
        Typed.fmviz(
                "cam %s --out %s --json --samples 1 ".formatted(network, folder.resolve("cam"))
                    + SmallNetwork.data(""))
            .json();
    assertThat(result.get("method").getAsString()).isEqualTo("cam");
    JsonObject image = result.getAsJsonArray("images").get(0).getAsJsonObject();
    return image.getAsJsonArray("maps").get(0).getAsJsonObject();
  }

  @Test
  void thePageOfAnImageHasWhatCamSaysOfIt() throws IOException {
    String page = page("");
    JsonObject told = map();
    JsonObject facts = JsonParser.parseString(element(page, "facts")).getAsJsonObject();
    JsonObject cam = facts.getAsJsonObject("cam");
    for (String name :
        List.of("layer", "target", "logit", "contributions", "bias", "sum", "minimum", "maximum")) {
      assertThat(cam.get(name)).as(name).isNotNull().isEqualTo(told.get(name));
    }
    assertThat(cam.get("score").getAsString()).isEqualTo("logit");
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(element(page, "cam")))
            .order(ByteOrder.LITTLE_ENDIAN);
    float low = bytes.getFloat();
    float high = bytes.getFloat();
    assertThat(low).isEqualTo(told.get("minimum").getAsFloat()).isLessThan(high);
    assertThat(high).isEqualTo(told.get("maximum").getAsFloat());
    bytes.getFloat();
    JsonArray rows = told.getAsJsonArray("map");
    assertThat(bytes.remaining()).isEqualTo(7 * 7);
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 7; x++) {
        int step = Byte.toUnsignedInt(bytes.get()) - 1;
        assertThat(low + step * (high - low) / 254)
            .isCloseTo(
                rows.get(y).getAsJsonArray().get(x).getAsFloat(), within((high - low) / 500));
      }
    }
  }

  @Test
  void whereTheLastMapsAreNotWantedThereIsNone() throws IOException {
    String page = page("--layers Conv2d_1");
    assertThat(element(page, "facts")).doesNotContain("\"cam\"");
    assertThat(element(page, "cam")).isNull();
  }
}
