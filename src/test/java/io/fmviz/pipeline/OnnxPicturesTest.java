package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import io.fmviz.image.Colormap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the maps and kernels of a person's own network are drawn, one of 3 x 16 x 16 values. */
class OnnxPicturesTest {
  @TempDir private Path folder;
  private Path out;
  private Path model;

  private static Path resource(String name) {
    try {
      return Path.of(OnnxPicturesTest.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void network() {
    out = folder.resolve("out");
    model = resource("onnx/folded.onnx");
  }

  private Typed visualize(String options) {
    return Typed.fmviz(
        "visualize --model %s --image %s --out %s %s"
            .formatted(model, resource("photo/color.png"), out, options));
  }

  /** The values of an array in NumPy's format 1.0, with a header of 128 bytes. */
  private static float[] npy(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[(bytes.limit() - 128) / Float.BYTES];
    bytes.position(128).asFloatBuffer().get(values);
    return values;
  }

  private BufferedImage picture(String layer) throws IOException {
    return ImageIO.read(out.resolve("image_1-color/" + layer + ".png").toFile());
  }

  /** The first pixel of a map that is zero, of maps in one row with gaps of 2. */
  private int zero(String layer, int scale) throws IOException {
    BufferedImage image = picture(layer);
    float[] values = npy(out.resolve("image_1-color/" + layer + ".npy"));
    int side = 8;
    int cell = side * scale + 2;
    int columns = (image.getWidth() - 2) / cell;
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 0) {
        int map = i / (side * side);
        int x = 2 + map % columns * cell + i % side * scale;
        int y = 2 + map / columns * cell + i % (side * side) / side * scale;
        return image.getRGB(x, y) & 0xffffff;
      }
    }
    throw new AssertionError("no zero in " + layer);
  }

  @Test
  void marksZeroAndMakesSmallMapsLarge() throws IOException {
    Typed run = visualize("--layers Conv2d_1,ReLU_1,AdaptiveAvgPool2d_1 --format png,npy");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("equal");
    JsonObject manifest = SmallNetwork.manifest(out);
    assertThat(manifest.getAsJsonObject("options").get("normalize").getAsString())
        .isEqualTo("layer");
    assertThat(manifest.getAsJsonObject("options").get("colormap").getAsString()).isEqualTo("auto");
    // No smaller than 24 pixels a side.
    assertThat(picture("Conv2d_1").getHeight()).isEqualTo(2 * (3 * 8 + 2) + 2);
    assertThat(picture("AdaptiveAvgPool2d_1").getHeight()).isEqualTo(2 * (24 + 2) + 2);
    assertThat(zero("ReLU_1", 3)).isEqualTo(Colormap.MAGMA.color(0));
    JsonObject conv =
        manifest
            .getAsJsonArray("details")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("pictures")
            .get(0)
            .getAsJsonObject();
    assertThat(conv.getAsJsonObject("colors").get("colormap").getAsString()).isEqualTo("coolwarm");
    assertThat(conv.getAsJsonObject("colors").get("from").getAsFloat())
        .isEqualTo(-conv.getAsJsonObject("colors").get("to").getAsFloat());
  }

  @Test
  void anOptionThatIsGivenWins() throws IOException {
    Typed run = visualize("--layers Conv2d_1,ReLU_1 --normalize none --scale 1 --nrow 8");
    assertThat(run.err()).contains("ReLU_1.png to Conv2d_1.png: 0 and less is black");
    JsonObject options = SmallNetwork.manifest(out).getAsJsonObject("options");
    assertThat(options.get("normalize").getAsString()).isEqualTo("none");
    assertThat(options.get("colormap").getAsString()).isEqualTo("gray");
    assertThat(picture("Conv2d_1").getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(picture("Conv2d_1").getWidth()).isEqualTo(6 * 10 + 2);
    visualize("--layers Conv2d_1 --colormap gray");
    options = SmallNetwork.manifest(out).getAsJsonObject("options");
    assertThat(options.get("normalize").getAsString()).isEqualTo("layer");
    assertThat(options.get("colormap").getAsString()).isEqualTo("gray");
  }

  /** The kernels of 5 x 5 weights, 30 pixels a side with gaps of 6. */
  @Test
  void drawsTheFirstKernelsInTheColoursThatTheySee() throws IOException {
    String fixed = "kernels --model %s --out %s --format png,npy ".formatted(model, out);
    assertThat(Typed.fmviz(fixed).exit()).isZero();
    BufferedImage drawn = ImageIO.read(out.resolve("Conv2d_1.png").toFile());
    float[] weight = npy(out.resolve("Conv2d_1.npy"));
    float most = 0;
    for (float w : weight) {
      most = Math.max(most, Math.abs(w));
    }
    int side = 5;
    assertThat(weight).hasSize(6 * 3 * side * side);
    for (int i = 0; i < weight.length; i++) {
      int kernel = i / (3 * side * side);
      int channel = i / (side * side) % 3;
      int x = 6 + kernel * 36 + i % side * 6;
      int y = 6 + i % (side * side) / side * 6;
      int value = (drawn.getRGB(x, y) >> (8 * (2 - channel))) & 0xff;
      assertThat(value).isEqualTo((int) ((1 + weight[i] / most) / 2 * 255 + 0.5f));
    }
    JsonArray layers = SmallNetwork.manifest(out).getAsJsonArray("details");
    assertThat(layers.get(0).getAsJsonObject().get("reduce").getAsString()).isEqualTo("rgb");
    assertThat(layers.get(1).getAsJsonObject().has("reduce")).isFalse();
    // All pairs, and with a colour map of one's own.
    for (String other : new String[] {"--reduce none", "--colormap coolwarm"}) {
      assertThat(Typed.fmviz(fixed + other).exit()).isZero();
      drawn = ImageIO.read(out.resolve("Conv2d_1.png").toFile());
      assertThat(drawn.getWidth()).isEqualTo(3 * 36 + 6);
    }
  }
}
