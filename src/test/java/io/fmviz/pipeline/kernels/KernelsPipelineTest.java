package io.fmviz.pipeline.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.fmviz.SmallNetwork;
import io.fmviz.TorchFixture;
import io.fmviz.cli.Typed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelsPipelineTest {
  private static final String PLAIN =
      "--colormap gray --normalize layer --scale 1 --padding 1 --pad-value 0.25 ";

  @TempDir private Path folder;
  private Path out;
  private String fixed;

  @BeforeEach
  void makeACheckpoint() {
    out = folder.resolve("out");
    fixed =
        "kernels --checkpoint %s --out %s "
            .formatted(SmallNetwork.checkpoint(folder, "small", "before."), out);
  }

  private Typed kernels(String options) {
    return Typed.fmviz(fixed + options);
  }

  private BufferedImage picture(String layer) throws IOException {
    return ImageIO.read(out.resolve(layer + ".png").toFile());
  }

  private void assertEqual(String layer, String expectedName) throws IOException {
    BufferedImage image = picture(layer);
    byte[] expected = TorchFixture.bytes(expectedName);
    long[] size = TorchFixture.shape(expectedName);
    assertThat(image.getHeight()).isEqualTo((int) size[0]);
    assertThat(image.getWidth()).isEqualTo((int) size[1]);
    for (int i = 0; i < expected.length; i++) {
      int x = i % image.getWidth();
      int y = i / image.getWidth();
      assertThat(image.getRaster().getSample(x, y, 0))
          .as("%s at %d,%d", layer, x, y)
          .isEqualTo(expected[i] & 0xff);
    }
  }

  @Test
  void drawsEachPairAsTorchvisionDoes() throws IOException {
    JsonObject result = kernels(PLAIN + "--json").json();
    assertThat(result.getAsJsonArray("layers")).hasSize(3);
    assertEqual("Conv2d_1", "grid.mean.net.0");
    assertEqual("Conv2d_2", "kernels.net.3");
    assertEqual("Conv2d_3", "kernels.net.6");
  }

  @Test
  void drawsReducedKernelsAsTorchvisionDoes() throws IOException {
    assertThat(kernels(PLAIN + "--reduce mean --layers Conv2d_2,Conv2d_3").exit()).isZero();
    assertThat(SmallNetwork.files(out))
        .containsExactly("Conv2d_2.png", "Conv2d_3.png", "index.html", "manifest.json");
    assertEqual("Conv2d_2", "grid.mean.net.3");
    assertEqual("Conv2d_3", "grid.mean.net.6");
    assertThat(SmallNetwork.manifest(out).getAsJsonObject("options").get("reduce").getAsString())
        .isEqualTo("mean");
  }

  /** 4 x 2 kernels of 18 pixels with gaps of 6; labels and a title when asked for. */
  @Test
  void showsSignsInColourEnlargedUnlessAskedOtherwise() throws IOException {
    assertThat(kernels("").exit()).isZero();
    BufferedImage image = picture("Conv2d_2");
    assertThat(image.getWidth()).isEqualTo(2 * 24 + 6);
    assertThat(image.getHeight()).isEqualTo(4 * 24 + 6);
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x808080);
    float[] weight = TorchFixture.floats("before.net.3.weight");
    for (int i = 0; i < weight.length; i++) {
      int kernel = i / 9;
      int x = 6 + kernel % 2 * 24 + i % 3 * 6 + 3;
      int y = 6 + kernel / 2 * 24 + i % 9 / 3 * 6 + 3;
      int red = image.getRGB(x, y) >> 16 & 0xff;
      int blue = image.getRGB(x, y) & 0xff;
      if (Math.abs(weight[i]) > 0.02) {
        assertThat(red > blue).as("weight %d, %s", i, weight[i]).isEqualTo(weight[i] > 0);
      }
    }
    assertThat(kernels("--label").exit()).isZero();
    assertThat(picture("Conv2d_2").getHeight()).isEqualTo(4 * 24 + 6 + 12 + 8 + 2);
    assertThat(kernels("--nrow 5").exit()).isZero();
    assertThat(picture("Conv2d_2").getWidth()).isEqualTo(5 * 24 + 6);
  }

  @Test
  void writesRawWeightsForNumpy() throws IOException {
    JsonObject result = kernels("--format npy,npz --json").json();
    assertThat(SmallNetwork.files(out))
        .containsExactly(
            "Conv2d_1.npy",
            "Conv2d_2.npy",
            "Conv2d_3.npy",
            "index.html",
            "kernels.npz",
            "manifest.json");
    assertThat(result.getAsJsonArray("layers").get(1).getAsJsonObject().get("files").toString())
        .isEqualTo("[\"Conv2d_2.npy\",\"kernels.npz\"]");
    float[] expected = TorchFixture.floats("before.net.3.weight");
    assertThat(floats(Files.readAllBytes(out.resolve("Conv2d_2.npy")), "(4, 2, 3, 3)"))
        .containsExactly(expected);
    try (ZipFile archive = new ZipFile(out.resolve("kernels.npz").toFile())) {
      assertThat(archive.stream().map(ZipEntry::getName))
          .containsExactly("Conv2d_1.npy", "Conv2d_2.npy", "Conv2d_3.npy");
      try (InputStream in = archive.getInputStream(archive.getEntry("Conv2d_2.npy"))) {
        assertThat(floats(in.readAllBytes(), "(4, 2, 3, 3)")).containsExactly(expected);
      }
    }
    assertThat(kernels("--format npy,png --reduce max-abs --label --nrow 2").exit()).isZero();
    assertThat(SmallNetwork.files(out)).hasSize(8).contains("Conv2d_2.npy", "Conv2d_2.png");
    float[] reduced = floats(Files.readAllBytes(out.resolve("Conv2d_2.npy")), "(4, 1, 3, 3)");
    assertThat(reduced).hasSize(36);
    for (int i = 0; i < 36; i++) {
      float first = expected[i / 9 * 18 + i % 9];
      float second = expected[i / 9 * 18 + 9 + i % 9];
      assertThat(reduced[i]).isEqualTo(Math.abs(second) > Math.abs(first) ? second : first);
    }
  }

  /** The values of an array in NumPy's format 1.0, with a header of 128 bytes. */
  private static float[] floats(byte[] npy, String shape) {
    assertThat(new String(npy, 0, 128, StandardCharsets.ISO_8859_1)).contains(shape);
    ByteBuffer buffer = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).position(128);
    float[] values = new float[buffer.remaining() / 4];
    buffer.asFloatBuffer().get(values);
    return values;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--layers ReLU|2|--layers ReLU: no layer of these has kernels; those with kernels are Conv2d_1,"
            + " Conv2d_2, Conv2d_3 (see fmviz kernels --help)",
        "--layers Conv2d_4|2|--layers: there is no layer Conv2d_4; there are Conv2d_1, ReLU_1,"
            + " MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3,"
            + " AdaptiveAvgPool2d_1, Linear_1 (see fmviz kernels --help)",
        "--reduce max|2|Invalid value for option '--reduce': 'max' is none of none, mean, max-abs,"
            + " rgb (see fmviz kernels --help)",
        "--reduce rgb --colormap gray|2|--reduce rgb has colours of its own: leave --colormap out"
            + " (see fmviz kernels --help)",
        "--reduce rgb|2|--reduce rgb takes convolutions of three input channels; Conv2d_1 has 1:"
            + " choose others with --layers (see fmviz kernels --help)",
        "--label --nrow 4|2|--label gives each output channel a row: leave --nrow out, or give"
            + " --reduce (see fmviz kernels --help)",
        "--format gif|2|Invalid value for option '--format' (FORMATS): 'gif' is none of png, npy,"
            + " npz (see fmviz kernels --help)",
        "--nrow 0|2|--nrow must be from 1 to 4096, not 0 (see fmviz kernels --help)"
      })
  void saysInOneLineWhatIsWrong(String options, int exit, String message) {
    Typed run = kernels(options);
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(run.err()).isEqualTo("fmviz: " + message + System.lineSeparator());
    assertThat(out).doesNotExist();
  }

  @Test
  void refusesAPictureThatNoMemoryHoldsAndKeepsTheOldOnes() throws IOException {
    assertThat(kernels("--layers Conv2d_1").exit()).isZero();
    for (String label : new String[] {"", " --label"}) {
      Typed run = kernels("--layers Conv2d_3 --padding 4096 --scale 32" + label);
      assertThat(run.err()).startsWith("fmviz: a picture would be ").hasLineCount(1);
      assertThat(run.exit()).isEqualTo(2);
    }
    assertThat(SmallNetwork.files(out))
        .containsExactly("Conv2d_1.png", "index.html", "manifest.json");
  }
}
