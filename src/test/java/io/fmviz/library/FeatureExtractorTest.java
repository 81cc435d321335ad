package io.fmviz.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.fmviz.SmallNetwork;
import io.fmviz.Zoo;
import io.fmviz.base.UserException;
import io.fmviz.cli.Typed;
import io.fmviz.network.InputForm;
import io.fmviz.network.torch.BlockNetwork;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.visualize.VisualizeResult;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureExtractorTest {
  @TempDir private Path folder;

  private static Path resource(String name) {
    try {
      return Path.of(FeatureExtractorTest.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Path network(String kind) {
    return kind.equals("onnx")
        ? resource("onnx/folded.onnx")
        : SmallNetwork.checkpoint(folder, "small", "before.");
  }

  private void visualize(Path network, Path pictures, String more) {
    Typed run =
        Typed.fmviz(
            "visualize --quiet --checkpoint %s --image %s --out %s%s"
                .formatted(network, pictures, folder.resolve("command"), more));
    assertThat(run.exit()).as(run.err()).isZero();
  }

  /** The values of an array in NumPy's format 1.0, with a header of 128 bytes. */
  private static float[] npy(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[(bytes.limit() - 128) / Float.BYTES];
    bytes.position(128).asFloatBuffer().get(values);
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "checkpoint"})
  void extractsTheValuesThatTheCommandWrites(String kind) throws IOException {
    Path file = network(kind);
    Path photo = resource("photo/color.png");
    visualize(file, photo, " --format npy");
    try (FeatureExtractor network = FeatureExtractor.open(file)) {
      Map<String, FeatureMaps> maps = network.extract(photo);
      assertThat(maps).hasSizeGreaterThan(3);
      for (FeatureMaps layer : maps.values()) {
        Path array = folder.resolve("command/image_1-color/" + layer.name() + ".npy");
        assertThat(layer.values()).as(layer.name()).containsExactly(npy(array));
        assertThat(layer.shape())
            .containsExactly(1, layer.channels(), layer.height(), layer.width());
      }
      try (var files = Files.list(folder.resolve("command/image_1-color"))) {
        assertThat(files.filter(each -> each.toString().endsWith(".npy"))).hasSize(maps.size());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "checkpoint"})
  void writesThePicturesThatTheCommandWrites(String kind) throws IOException {
    Path file = network(kind);
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (String photo : List.of("color.png", "full.jpg", "alpha.webp")) {
      Files.copy(resource("photo/" + photo), photos.resolve(photo));
    }
    Path broken = Files.writeString(photos.resolve("z.png"), "no picture");
    visualize(file, photos, "");
    try (FeatureExtractor network = FeatureExtractor.open(file)) {
      VisualizeResult result = network.write(folder.resolve("library"), photos);
      assertThat(result.imageCount()).isEqualTo(3);
      assertThat(result.run().passedOver())
          .extracting(one -> one.source())
          .containsExactly(broken.toString());
    }
    List<String> written = SmallNetwork.files(folder.resolve("command"));
    assertThat(SmallNetwork.files(folder.resolve("library"))).isEqualTo(written);
    assertThat(written).filteredOn(name -> name.endsWith(".png")).hasSizeGreaterThan(12);
    for (String name : written) {
      if (name.endsWith(".png")) {
        assertThat(folder.resolve("library").resolve(name))
            .hasSameBinaryContentAs(folder.resolve("command").resolve(name));
      }
    }
  }

  @Test
  void givesTheChosenLayersInForwardOrder() {
    try (FeatureExtractor network = FeatureExtractor.open(network("checkpoint"))) {
      float[] image = new float[28 * 28];
      image[3 * 28 + 5] = 1;
      Map<String, FeatureMaps> all = network.extract(image);
      Map<String, FeatureMaps> some = network.layers("ReLU_2", "net.0").extract(image);
      assertThat(some.keySet()).containsExactly("Conv2d_1", "ReLU_2");
      some.forEach(
          (name, maps) -> assertThat(maps.values()).containsExactly(all.get(name).values()));
      assertThat(some.get("ReLU_2").shape()).containsExactly(1, 4, 14, 14);
    }
  }

  @Test
  void drawsImagesThatAProgramHasOfANetworkThatItBuilt() throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] image = Zoo.stripes(64);
      float[] two = Arrays.copyOf(image, 2 * image.length);
      System.arraycopy(image, 0, two, image.length, image.length);
      BlockNetwork resnet =
          new BlockNetwork("resnet", Zoo.resnet(manager, 18, 64, 100), new InputForm(3, 64, 64));
      try (FeatureExtractor network = FeatureExtractor.of(resnet).layers("Conv2d_1")) {
        assertThat(network.write(folder.resolve("out"), two).pictures()).isEqualTo(2);
        assertThat(SmallNetwork.files(folder.resolve("out")))
            .containsExactly(
                "1/Conv2d_1.png",
                "1/index.html",
                "2/Conv2d_1.png",
                "2/index.html",
                "index.html",
                "manifest.json");
        assertThat(folder.resolve("out/2/Conv2d_1.png"))
            .hasSameBinaryContentAs(folder.resolve("out/1/Conv2d_1.png"));
        assertThatThrownBy(() -> network.extract(two))
            .isInstanceOf(UserException.class)
            .hasMessage("maps are extracted of one image at a time, not of 2");
        assertThatThrownBy(() -> network.extract(new float[100]))
            .isInstanceOf(UserException.class)
            .hasMessage("100 values are no images of 64 x 64 with 3 channels");
        assertThatThrownBy(() -> network.extract(resource("photo/color.png")))
            .isInstanceOf(UserException.class)
            .hasMessage("resnet doesn't say how pictures are read: give its images as floats");
      }
    }
  }

  @Test
  void saysWhatIsWrongInPlainWords() {
    Path absent = folder.resolve("absent.onnx");
    assertThatThrownBy(() -> FeatureExtractor.open(absent))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot read " + absent + ": no such file or folder");
    try (FeatureExtractor network = FeatureExtractor.open(network("checkpoint"))) {
      assertThatThrownBy(() -> network.layers("Conv2d_9"))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("layers: there is no layer Conv2d_9; there are Conv2d_1, ");
    }
    try (FeatureExtractor network = FeatureExtractor.open(network("checkpoint"))) {
      assertThatThrownBy(() -> network.extract(folder.resolve("no.png")))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("there is no image " + folder.resolve("no.png"));
      assertThatThrownBy(() -> network.write(folder))
          .isInstanceOf(UserException.class)
          .hasMessage("image takes files and folders");
    }
  }
}
