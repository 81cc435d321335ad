package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.Zoo;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.dataset.Split;
import io.fmviz.image.Colormap;
import io.fmviz.image.Normalize;
import io.fmviz.network.Compute;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.torch.BlockNetwork;
import io.fmviz.pipeline.ablate.AblatePipeline;
import io.fmviz.pipeline.ablate.AblateRequest;
import io.fmviz.pipeline.compare.ChannelOrder;
import io.fmviz.pipeline.compare.ComparePipeline;
import io.fmviz.pipeline.compare.CompareRequest;
import io.fmviz.pipeline.dead.DeadPipeline;
import io.fmviz.pipeline.dead.DeadRequest;
import io.fmviz.pipeline.evaluate.EvaluatePipeline;
import io.fmviz.pipeline.evaluate.EvaluateRequest;
import io.fmviz.pipeline.summary.SummaryPipeline;
import io.fmviz.pipeline.top.TopPipeline;
import io.fmviz.pipeline.top.TopRequest;
import io.fmviz.pipeline.visualize.VisualizePipeline;
import io.fmviz.pipeline.visualize.VisualizeRequest;
import io.fmviz.pipeline.visualize.VisualizeRequest.Capture;
import io.fmviz.probe.ImageChoice;
import io.fmviz.probe.LayerSelection;
import io.fmviz.probe.MapChoice;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command on a residual network for colour images, none of which has a label. */
class OwnNetworkTest {
  private static final int SIDE = 64;
  private static final ImageChoice FIRST_TWO = new ImageChoice(2, 1, null, null, false);

  @TempDir private Path folder;
  private NDManager manager;
  private Network network;

  private final RecordedProgress progress = new RecordedProgress();

  @BeforeEach
  void build() {
    manager = NDManager.newBaseManager();
    network =
        new BlockNetwork(
            "resnet", Zoo.resnet(manager, 18, SIDE, 100), new InputForm(3, SIDE, SIDE));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private Setup setup() {
    return new Setup(null, null, new OutputRequest(folder, true, true), Compute.onCpu(2));
  }

  private static OpenedImages images() {
    float[] stripes = Zoo.stripes(SIDE);
    float[] two = Arrays.copyOf(stripes, 2 * stripes.length);
    for (int i = 0; i < stripes.length; i++) {
      two[stripes.length + i] = stripes[stripes.length - 1 - i];
    }
    return new OpenedImages(new FloatImages(two, 3, SIDE, SIDE), null, null);
  }

  private Opened opened() {
    return Opened.of(setup(), network, images(), progress);
  }

  private static PictureChoice pictures(Integer nrow) {
    return new PictureChoice(nrow, 1, 1, Normalize.LAYER, Colormap.VIRIDIS, 1, false);
  }

  private JsonObject detail(int index) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("manifest.json")))
        .getAsJsonObject()
        .getAsJsonArray("details")
        .get(index)
        .getAsJsonObject();
  }

  private BufferedImage picture(String file) throws IOException {
    return ImageIO.read(folder.resolve(file).toFile());
  }

  @Test
  void visualizesSomeMapsAndSaysSo() throws IOException {
    VisualizeRequest request =
        new VisualizeRequest(
            setup(),
            FIRST_TWO,
            LayerSelection.of(List.of("Conv2d_1,Conv2d_2")),
            new MapChoice("10"),
            Set.of(Capture.OUTPUT),
            Set.of(MapsFormat.PNG),
            true,
            pictures(null));
    VisualizePipeline.run(request, opened());
    JsonObject first = detail(0);
    assertThat(first.get("predicted").getAsInt()).isBetween(0, 99);
    assertThat(first.get("probability").getAsDouble()).isBetween(0.01, 1.0);
    JsonObject conv = first.getAsJsonArray("pictures").get(2).getAsJsonObject();
    assertThat(conv.get("layer").getAsString()).isEqualTo("Conv2d_2");
    assertThat(conv.get("path").getAsString()).isEqualTo("4.0.0");
    assertThat(conv.has("tensor")).isFalse();
    assertThat(conv.get("maps").getAsString()).isEqualTo("10 of 16");
    assertThat(conv.getAsJsonArray("channels")).hasSize(10);
    // Four in a row, three rows below a line.
    BufferedImage drawn = picture("1/Conv2d_2.png");
    assertThat(drawn.getWidth()).isGreaterThanOrEqualTo(4 * 17 + 1);
    assertThat(drawn.getHeight()).isEqualTo(3 * 17 + 1 + 14);
    BufferedImage input = picture("1/input.png");
    assertThat(input.getRGB(32, 32) & 0xffffff).isEqualTo(0xff0000);
    assertThat(input.getRGB(0, 0) & 0xffffff).isEqualTo(0x00ffff);
  }

  @Test
  void showsTheWholePictureWhereWhatAPositionSeesIsNotKnown() throws IOException {
    TopRequest request =
        new TopRequest(
            setup(),
            Split.TEST,
            null,
            LayerSelection.of(List.of("Conv2d_2,Parallel_7")),
            new MapChoice("0-3,200-201"),
            2,
            null);
    TopPipeline.run(request, opened());
    JsonObject sheet = detail(1);
    assertThat(sheet.get("receptiveField").isJsonNull()).isTrue();
    assertThat(sheet.get("maps").getAsString()).isEqualTo("6 of 512");
    assertThat(sheet.getAsJsonArray("channels")).hasSize(512);
    assertThat(progress.lines())
        .containsExactly(
            "what the channels of 2 layers respond to, among 2 pictures, in "
                + folder
                + "; look at "
                + folder.resolve("index.html"));
    assertThat(picture("Parallel_7.png").getHeight()).isGreaterThan(6 * SIDE);
  }

  @Test
  void findsDeadChannelsInOneRowForAllPictures() throws IOException {
    DeadRequest request = new DeadRequest(setup(), Split.TEST, null, null, 0.01, false, null);
    DeadPipeline.run(request, opened());
    JsonObject layer = detail(0);
    assertThat(layer.get("path").getAsString()).isEqualTo("0");
    assertThat(layer.has("classPixelShare")).isFalse();
    assertThat(layer.getAsJsonArray("pixelShare")).hasSize(64);
    assertThat(progress.lines().get(0)).isEqualTo("resnet on 2 pictures");
  }

  @Test
  void comparesWithPicturesInColour() throws IOException {
    CompareRequest request =
        new CompareRequest(
            setup(),
            FIRST_TWO,
            LayerSelection.of(List.of("Parallel_8")),
            new MapChoice("5"),
            ChannelOrder.CHANNEL,
            pictures(8));
    ComparePipeline.run(request, opened());
    assertThat(Files.readString(folder.resolve("manifest.json"))).contains("\"5 of 512\"");
    assertThat(picture("Parallel_8.png").getHeight()).isGreaterThan(2 * SIDE);
  }

  @Test
  void ablatesWithoutLabels() throws IOException {
    AblateRequest request =
        new AblateRequest(setup(), 1, 2, LayerSelection.of(List.of("Conv2d_1")));
    AblatePipeline.run(request, opened());
    JsonObject details =
        JsonParser.parseString(Files.readString(folder.resolve("manifest.json")))
            .getAsJsonObject()
            .getAsJsonObject("details");
    assertThat(details.getAsJsonObject("image").has("label")).isFalse();
    JsonObject samples = details.getAsJsonObject("samples");
    assertThat(samples.has("accuracy")).isFalse();
    JsonObject layer = samples.getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(layer.getAsJsonArray("predictionsChanged")).hasSize(64);
    assertThat(layer.has("accuracyChange")).isFalse();
  }

  @Test
  void refusesToEvaluateWhatNobodyKnows() {
    EvaluateRequest request = new EvaluateRequest(setup(), 8, null, null, false);
    assertThatThrownBy(() -> EvaluatePipeline.run(request, opened()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("it isn't known what these images show");
  }

  @Test
  void summarizesModuleByModule() {
    SummaryPipeline.SummaryResult all = SummaryPipeline.run(network, null, progress);
    SummaryPipeline.SummaryResult folded = SummaryPipeline.run(network, 1, progress);
    assertThat(folded.layers()).hasSizeLessThan(all.layers().size() / 3);
    assertThat(folded.layers().stream().mapToLong(row -> row.parameters()).sum())
        .isEqualTo(all.parameters());
    assertThat(folded.layers().stream().mapToLong(row -> row.flops()).sum()).isEqualTo(all.flops());
    assertThat(all.layers().get(0).flops()).isEqualTo(2L * 32 * 32 * 64 * 3 * 49);
  }
}
