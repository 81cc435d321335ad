package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fmviz.cli.Typed;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.Twins;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told and drawn of a network with its channels last is that of its twin's maps. */
class ChannelsLastCommandsTest {
  @TempDir private Path folder;
  private Path photos;

  @BeforeEach
  void photos() throws IOException, URISyntaxException {
    photos = Files.createDirectory(folder.resolve("photos"));
    for (String each : new String[] {"color.png", "full.jpg", "alpha.webp"}) {
      Path photo = Path.of(ChannelsLastCommandsTest.class.getResource("/photo/" + each).toURI());
      Files.copy(photo, photos.resolve(each));
    }
  }

  private Typed typed(String name, SmallModel model, String command) throws IOException {
    Path file = Files.write(folder.resolve(name + ".onnx"), model.bytes());
    Typed typed =
        Typed.fmviz(
            folder,
            "%s --model %s --image %s --fit stretch --mean none --std none --out %s"
                .formatted(command, file, photos, folder.resolve(name))
                .split(" "));
    assertThat(typed.exit()).as(typed.err()).isZero();
    return typed;
  }

  /** All pictures of a folder, by their names. */
  private Map<String, byte[]> pictures(String name) throws IOException {
    Map<String, byte[]> pictures = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".png")).toList()) {
        pictures.put(folder.resolve(name).relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return pictures;
  }

  @Test
  void deadChannelsAreCountedByChannel() throws IOException {
    Typed last = typed("last", Twins.channelsLast(), "dead");
    Typed first = typed("first", Twins.channelsFirst(), "dead");
    assertThat(last.out()).contains("ReLU_1 dead: 2");
    assertThat(told(last)).isEqualTo(told(first));
  }

  private static String told(Typed typed) {
    return typed.out().replaceAll("\\b(first|last)\\b", "NAME").replaceAll("[0-9.]+ s", "# s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cam --index 2",
        "ablate --index 1",
        "top --layers ReLU_1",
        "visualize",
        "visualize --samples 2 --scale 3"
      })
  void whatIsToldAndDrawnIsTheTwins(String command) throws IOException {
    Typed last = typed("last", Twins.channelsLast(), command);
    Typed first = typed("first", Twins.channelsFirst(), command);
    assertThat(told(last)).isEqualTo(told(first));
    Map<String, byte[]> expected = pictures("first");
    Map<String, byte[]> actual = pictures("last");
    assertThat(actual.keySet()).isEqualTo(expected.keySet()).isNotEmpty();
    actual.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
  }

  @Test
  void aSummarySaysTheSame() throws IOException {
    JsonObject last = summary("last", Twins.channelsLast());
    JsonArray layers = last.getAsJsonArray("layers");
    assertThat(layers).isEqualTo(summary("first", Twins.channelsFirst()).getAsJsonArray("layers"));
    JsonElement shape = layers.get(1).getAsJsonObject().get("outputShape");
    assertThat(shape.toString()).isEqualTo("[5,8,8]");
  }

  private JsonObject summary(String name, SmallModel model) throws IOException {
    Path file = Files.write(folder.resolve(name + ".onnx"), model.bytes());
    return Typed.fmviz(folder, "summary", "--json", "--model=" + file).json();
  }
}
