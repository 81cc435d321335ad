package io.fmviz.serve;

import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.PicturesRequest;
import io.fmviz.pipeline.RecordedProgress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a convolution whose first map is the image itself, and whose second one is its negative. */
class TopActivationsTest {
  @TempDir private Path folder;
  private final RecordedProgress progress = new RecordedProgress();
  private OnnxModel model;
  private Network network;
  private ServedLayers layers;

  @BeforeEach
  void open() throws IOException {
    SmallModel small =
        new SmallModel(node("Conv", "y", "x", "w"))
            .with(shaped(reals("w", 1, -1), 2, 1, 1, 1))
            .ofPictures(1, 1, 2, 2);
    model = OnnxModel.read(Files.write(folder.resolve("small.onnx"), small.bytes()));
    network = model.network(1, 2, 2, false);
    layers = new ServedLayers(network);
  }

  private Session start() {
    return network.start(Compute.onCpu(1));
  }

  private TopActivations search(
      Supplier<OpenedImages> images, Supplier<Session> session, TopActivationsCache cache) {
    return new TopActivations(
        new TopActivations.Source(network, images, session), layers, () -> false, cache, progress);
  }

  private TopActivations search(Supplier<OpenedImages> images) {
    return search(images, this::start, new TopActivationsCache(null));
  }

  /** Images of 2 x 2 values, one after the other. */
  private static OpenedImages images(float... values) {
    return new OpenedImages(new FloatImages(values, 1, 2, 2), null, null);
  }

  private JsonObject ask(TopActivations top, int channel) {
    Reply reply = top.of(new ServedLayers.One(layers.nodes().get(0), channel));
    ByteBuffer bytes = ByteBuffer.wrap(reply.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = new byte[bytes.getInt()];
    bytes.get(json);
    return JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  /** What is known once the search is at its end. */
  private JsonObject end(TopActivations top, int channel) throws InterruptedException {
    JsonObject report = ask(top, channel);
    while (report.get("state").getAsString().equals("looking")) {
      Thread.sleep(1);
      report = ask(top, channel);
    }
    return report;
  }

  private static List<String> found(JsonObject report) {
    assertThat(report.get("state").getAsString()).isEqualTo("found");
    JsonArray images = report.getAsJsonArray("images");
    return images.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(image -> image.get("number") + ": " + image.get("value"))
        .toList();
  }

  @Test
  void theStrongestImageComesFirstAndOfEqualOnesTheEarlier() throws InterruptedException {
    OpenedImages four = images(1, 0, 0, 0, 0, 3, 0, -2, 0, 0, 3, 0, -1, 0, 2, 0);
    try (TopActivations top = search(() -> four)) {
      JsonObject first = end(top, 0);
      assertThat(found(first)).containsExactly("2: 3.0", "3: 3.0", "4: 2.0", "1: 1.0");
      assertThat(first.get("of").getAsString()).isEqualTo("4 pictures");
      assertThat(first.get("done").getAsInt()).isEqualTo(4);
      assertThat(first.get("total").getAsInt()).isEqualTo(4);
      // What is never above zero in the second map isn't there.
      assertThat(found(end(top, 1))).containsExactly("2: 2.0", "4: 1.0");
    }
  }

  @Test
  void tellsWhichPartOfTheImageTheValueSees() throws InterruptedException {
    OpenedImages two = images(0, 0, 3, 0, 0, 2, 0, 0);
    try (TopActivations top = search(() -> two)) {
      JsonArray images = end(top, 0).getAsJsonArray("images");
      JsonObject strongest = images.get(0).getAsJsonObject();
      // Left, top, width and height.
      assertThat(strongest.getAsJsonArray("frame")).hasToString("[0.0,0.5,0.5,0.5]");
      assertThat(images.get(1).getAsJsonObject().getAsJsonArray("frame"))
          .hasToString("[0.5,0.0,0.5,0.5]");
      assertThat(strongest.get("height").getAsInt()).isEqualTo(2);
      assertThat(strongest.get("width").getAsInt()).isEqualTo(2);
      assertThat(strongest.has("source")).isFalse();
      assertThat(strongest.has("label")).isFalse();
    }
  }

  @Test
  void nineImagesAreToldOfEachMap() throws InterruptedException {
    float[] values = new float[4 * 40];
    for (int i = 0; i < 40; i++) {
      values[4 * i] = (i * 7 + 3) % 40 + 1;
    }
    try (TopActivations top = search(() -> images(values))) {
      // 7 * i + 3 is 39 modulo 40 for i = 28, and so on.
      assertThat(found(end(top, 0)))
          .containsExactly(
              "29: 40.0",
              "6: 39.0",
              "23: 38.0",
              "40: 37.0",
              "17: 36.0",
              "34: 35.0",
              "11: 34.0",
              "28: 33.0",
              "5: 32.0");
      assertThat(found(end(top, 1))).isEmpty();
    }
  }

  @Test
  void valuesThatAreNotFiniteAreNone() throws InterruptedException {
    OpenedImages three =
        images(Float.NaN, 1, 0, 0, 0, Float.POSITIVE_INFINITY, 0, 0, Float.NaN, Float.NaN, 2, 0);
    try (TopActivations top = search(() -> three)) {
      assertThat(found(end(top, 0))).containsExactly("3: 2.0", "1: 1.0");
    }
  }

  @Test
  void aPictureThatCanNotBeReadIsPassedOver() throws IOException, InterruptedException {
    network =
        model.network(
            Preprocessing.resolve(
                ReadingChoice.NONE, model.inputDimensions(), model.file(), model.metadata()));
    layers = new ServedLayers(network);
    Path photos = Files.createDirectory(folder.resolve("photos"));
    BufferedImage white = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    white.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {255, 255, 255, 255});
    ImageIO.write(white, "png", photos.resolve("a.png").toFile());
    Files.writeString(photos.resolve("b.png"), "no picture");
    ImageIO.write(white, "png", photos.resolve("c.png").toFile());
    DataRequest data =
        new DataRequest(null, null, new PicturesRequest(List.of(photos), null, null));
    try (TopActivations top = search(() -> OpenedImages.of(data, Split.TEST, network, progress))) {
      JsonObject report = end(top, 0);
      assertThat(report.getAsJsonArray("images").asList())
          .extracting(image -> image.getAsJsonObject().get("source").getAsString())
          .containsExactly(photos.resolve("a.png").toString(), photos.resolve("c.png").toString());
      assertThat(report.getAsJsonArray("images").get(1).getAsJsonObject().get("number").getAsInt())
          .isEqualTo(3);
    }
  }

  @Test
  void saysWhyThereAreNone() throws InterruptedException {
    Supplier<OpenedImages> none =
        () -> {
          throw new InvalidValueException("image", "is needed");
        };
    try (TopActivations top = search(none)) {
      assertMissing(
          top, "no dataset has images for this network: start this page with pictures of your own");
    }
    Supplier<OpenedImages> unreadable =
        () -> {
          throw new UserException("cannot read a.png: permission denied");
        };
    try (TopActivations top = search(unreadable)) {
      assertMissing(top, "cannot read a.png: permission denied");
    }
    Supplier<Session> broken =
        () -> {
          throw new IllegalStateException("a bug");
        };
    try (TopActivations top =
        search(() -> images(1, 2, 3, 4), broken, new TopActivationsCache(null))) {
      assertMissing(top, "the search failed: fmviz's terminal says more");
    }
  }

  private void assertMissing(TopActivations top, String line) throws InterruptedException {
    JsonObject report = end(top, 0);
    assertThat(report.get("state").getAsString()).isEqualTo("missing");
    assertThat(report.get("line").getAsString()).isEqualTo(line);
    assertThat(report.getAsJsonArray("images")).isEmpty();
  }

  /** It gives way to who draws, after each batch, until the server stops. */
  @Test
  void isEndedWithTheServer() throws InterruptedException {
    CountDownLatch searching = new CountDownLatch(1);
    TopActivations top =
        new TopActivations(
            new TopActivations.Source(network, () -> images(1, 2, 3, 4), this::start),
            layers,
            () -> {
              searching.countDown();
              return true;
            },
            new TopActivationsCache(null),
            progress);
    assertThat(ask(top, 0).get("state").getAsString()).isEqualTo("looking");
    searching.await();
    top.close();
    assertMissing(top, "the server is stopping");
  }

  @Test
  void whatWasFoundIsNotLookedForAgain() throws InterruptedException {
    TopActivationsCache cache = new TopActivationsCache(folder.resolve("cache"));
    OpenedImages two = images(0, 0, 3, 0, 0, 2, 0, 0);
    JsonObject first;
    try (TopActivations top = search(() -> two, this::start, cache)) {
      first = end(top, 0);
      assertThat(found(first)).containsExactly("1: 3.0", "2: 2.0");
    }
    Supplier<Session> none =
        () -> {
          throw new AssertionError("it is looked for again");
        };
    try (TopActivations top = search(() -> two, none, cache)) {
      assertThat(end(top, 0)).isEqualTo(first);
    }
  }
}
