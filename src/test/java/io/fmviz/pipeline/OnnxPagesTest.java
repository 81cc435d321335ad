package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.cli.Typed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages hold of a network and photographs of a person's own. */
class OnnxPagesTest {
  @TempDir private Path folder;
  private Path out;

  /** A bee and an eel, and a network that knows five animals by name. */
  @BeforeEach
  void network() throws IOException {
    out = folder.resolve("out");
    copy("onnx/folded.onnx", "model.onnx");
    copy("photo/full.jpg", "photos/bee/full.jpg");
    copy("photo/tall.png", "photos/eel/tall.png");
    Files.writeString(
        folder.resolve("config.json"),
        "{\"label_names\":[\"ant\",\"bee\",\"cat\",\"dog\",\"eel\"]}");
  }

  private void copy(String resource, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream in = OnnxPagesTest.class.getResourceAsStream("/" + resource)) {
      Files.copy(in, file);
    }
  }

  private Typed run(String command, String... more) {
    String line =
        "%s --quiet --model %s --image %s --out %s"
            .formatted(command, folder.resolve("model.onnx"), folder.resolve("photos"), out);
    Typed typed = Typed.fmviz((line + " " + String.join(" ", more)).strip());
    assertThat(typed.exit()).as(typed.err()).isZero();
    return typed;
  }

  private JsonElement element(String id) throws IOException {
    Matcher element =
        Pattern.compile("id=\"" + id + "\">([^<]*)</script>")
            .matcher(Files.readString(out.resolve("index.html")));
    assertThat(element.find()).as(id).isTrue();
    return JsonParser.parseString(element.group(1));
  }

  private JsonElement classNames() throws IOException {
    return element("facts").getAsJsonObject().get("classNames");
  }

  @Test
  void pagesKnowTheNamesOfTheClassesThatTheyTellByNumber() throws IOException {
    run("compare");
    assertThat(classNames()).hasToString("{\"1\":\"bee\",\"4\":\"eel\"}");
    run("top");
    assertThat(classNames()).hasToString("{\"1\":\"bee\",\"4\":\"eel\"}");
    run("cam");
    assertThat(classNames()).hasToString("{\"1\":\"bee\",\"4\":\"eel\"}");
    run("ablate", "--index 2 --layers ReLU_1");
    // What the picture shows, and what is predicted without one map or another.
    assertThat(classNames().getAsJsonObject().get("4").getAsString()).isEqualTo("eel");
    assertThat(classNames().getAsJsonObject().size()).isBetween(2, 5);
    run("dead");
    assertThat(classNames()).isNull();
  }

  @Test
  void aPhotographIsSmallInAFoldersPageButLargeEnoughToBeRecognised() throws IOException {
    run("visualize", "--layers ReLU_1");
    for (JsonElement row : element("samples-0").getAsJsonArray()) {
      JsonObject picture = row.getAsJsonObject().getAsJsonObject("picture");
      byte[] jpeg = Base64.getDecoder().decode(picture.get("jpeg").getAsString());
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
      // The network sees no more than 16 x 16 of it.
      assertThat(Math.min(image.getHeight(), image.getWidth())).isGreaterThan(16);
      assertThat(Math.max(image.getHeight(), image.getWidth())).isLessThanOrEqualTo(96);
      assertThat(jpeg.length).isLessThan(28 * 28 * 3);
      assertThat(picture.has("grey")).isFalse();
    }
  }

  @Test
  void onlyWhatIsShadedIsSaidToBe() throws IOException {
    run("cam");
    JsonElement images = element("facts").getAsJsonObject().get("manifest");
    for (JsonElement image :
        images.getAsJsonObject().getAsJsonObject("details").getAsJsonArray("images")) {
      assertThat(image.getAsJsonObject().get("shaded").getAsBoolean()).isTrue();
    }
    run("cam", "--fit stretch");
    images = element("facts").getAsJsonObject().get("manifest");
    for (JsonElement image :
        images.getAsJsonObject().getAsJsonObject("details").getAsJsonArray("images")) {
      assertThat(image.getAsJsonObject().has("shaded")).isFalse();
    }
  }
}
