package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.microsoft.playwright.Download;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.pipeline.NetworkRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks of others, and photographs. */
class LiveModelsTest extends LiveTest {
  @Test
  void aPhotographIsDroppedOnANetworkOfOnesOwn() throws IOException {
    Path photo = resource("/photo/color.png");
    serve(NetworkRequest.ofModel(resource("/onnx/preserved.onnx")), photo);
    assertThat(page.locator(".headline")).containsText("Draw, or drop a picture");
    drop(photo, "image/png");
    assertThat(page.locator(".headline")).not().containsText("Draw, or drop a picture");
    unfold(0);
    map(0, 2).click();
    assertThat(page.locator(".worth")).containsText("Without this map");
    assertThat(page.locator(".strongest p")).containsText("Of 1 picture");
    page.locator("#off").click();
    assertThat(page.locator("#map .facts")).containsText("switched off");
  }

  @Test
  void whatIsNoPictureIsSaidAndTheLastOneStays() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "<b>no picture</b>");
    serve(NetworkRequest.ofModel(resource("/onnx/preserved.onnx")));
    drop(text, "image/png");
    assertThat(page.locator("#status")).containsText("the picture");
    assertThat(takeWrong()).hasSize(1).first().asString().contains("422");
    page.locator("#tools select").first().selectOption("gray");
    unfold(0);
    assertThat(layer(0).locator(".unfolded p:not(.reads)")).containsText("colours go from");
  }

  /** More than the server sends at once. */
  @Test
  void aViewOfThousandsOfMapsIsSavedWhole() throws IOException {
    int maps = 3000;
    double[] weights = new double[maps];
    Arrays.setAll(weights, i -> i % 7 - 3);
    Path file =
        Files.write(
            folder.resolve("wide.onnx"),
            new SmallModel(node("Conv", "c", "x", "w"), node("Relu", "y", "c"))
                .with(shaped(reals("w", weights), maps, 1, 1, 1))
                .ofPictures(1, 1, 8, 8)
                .bytes());
    serve(NetworkRequest.ofModel(file));
    stroke(0.2, 0.5, 0.8, 0.5);
    unfold(0);
    unfold(1);
    Download download = page.waitForDownload(() -> page.locator("#save").click());
    Path saved = folder.resolve("view.html");
    download.saveAs(saved);
    page.navigate(saved.toUri().toString());
    assertThat(painted(0)).isEqualTo(maps * 64);
    assertThat(painted(1)).isEqualTo(maps * 64);
    assertThat(takeWrong()).containsExactly("requested " + saved.toUri());
  }

  /** Names are text: nothing of them runs, and nothing is fetched for them. */
  @Test
  void layersMayBeCalledAsTheyLike() throws IOException {
    List<String> names =
        List.of(
            "<img src=x onerror=alert(1)>",
            "</script><script>alert(2)</script>",
            "\"><svg onload=alert(3)>");
    Path hostile = folder.resolve("<b>hostile.onnx");
    Files.write(hostile, renamed(Files.readAllBytes(resource("/onnx/preserved.onnx")), names));
    serve(NetworkRequest.ofModel(hostile));
    assertThat(page.locator("#list")).containsText("onerror=alert");
    assertThat(page.locator("h1")).hasText("fmviz · <b>hostile.onnx");
    assertThat(page.locator("#list img, #list script, #list svg")).hasCount(0);
    unfold(0);
    map(0, 0).click();
    assertThat(page.locator(".value")).containsText("row ");
    assertThat(page.locator("#map img, #map script, #map svg")).hasCount(0);
    assertThat(page.locator("#map"))
        .containsText(
            "no dataset has images for this network: start this page with pictures of your own");
  }

  /** The model with other names of its first operators and of what they make. */
  private static byte[] renamed(byte[] bytes, List<String> names) throws IOException {
    ModelProto model = ModelProto.parseFrom(bytes);
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (int i = 0; i < names.size(); i++) {
      String old = graph.getNode(i).getOutput(0);
      String name = names.get(i);
      for (int n = 0; n < graph.getNodeCount(); n++) {
        NodeProto.Builder node = graph.getNodeBuilder(n);
        for (int k = 0; k < node.getInputCount(); k++) {
          if (node.getInput(k).equals(old)) {
            node.setInput(k, name);
          }
        }
        for (int k = 0; k < node.getOutputCount(); k++) {
          if (node.getOutput(k).equals(old)) {
            node.setOutput(k, name);
            node.setName(name);
          }
        }
      }
    }
    return model.toBuilder().setGraph(graph).build().toByteArray();
  }
}
