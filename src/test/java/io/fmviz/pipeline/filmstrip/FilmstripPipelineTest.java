package io.fmviz.pipeline.filmstrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.fmviz.SmallNetwork;
import io.fmviz.TorchFixture;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.cli.Typed;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilmstripPipelineTest {
  @TempDir private Path folder;
  private Path model;
  private Path out;

  @BeforeEach
  void makeCheckpoints() throws IOException {
    out = folder.resolve("out");
    model = Files.createDirectory(folder.resolve("model"));
    SmallNetwork.checkpoint(model, "epoch_0", "before.");
    SmallNetwork.checkpoint(model, "epoch_1", "after.");
  }

  private Typed filmstrip(String options) {
    return Typed.fmviz(
        "filmstrip --model-dir %s --out %s %s".formatted(model, out, SmallNetwork.data(options)));
  }

  @Test
  void showsARowAndAFrameForEachCheckpoint() throws IOException {
    JsonObject result = filmstrip("--json --layers ReLU_2 --indices 7").json();
    assertThat(SmallNetwork.files(out))
        .containsExactly("ReLU_2.gif", "ReLU_2.png", "index.html", "manifest.json");
    assertThat(result.get("image").getAsInt()).isEqualTo(7);
    assertThat(result.getAsJsonArray("frames")).hasSize(2);
    var sheet = ImageIO.read(out.resolve("ReLU_2.png").toFile());
    assertThat(sheet.getHeight()).isEqualTo(24 + 8 + 2 + 4 + 2 * (28 + 4));
    var frame = ImageIO.read(out.resolve("ReLU_2.gif").toFile());
    // Four maps in two rows below two lines of title, with their numbers.
    assertThat(frame.getHeight()).isEqualTo(24 + 2 + 2 * (28 + 10) + 4);
    JsonObject manifest = SmallNetwork.manifest(out);
    assertThat(manifest.getAsJsonObject("details").getAsJsonArray("layers"))
        .isEqualTo(result.getAsJsonArray("layers"));
  }

  @Test
  void takesTheFirstImageUnlessOthersAreNamed() throws IOException {
    assertThat(filmstrip("--json --layers ReLU_3").json().get("image").getAsInt()).isEqualTo(1);
    assertThat(filmstrip("--json --layers ReLU_3 --start 5").json().get("image").getAsInt())
        .isEqualTo(5);
    assertThat(
            filmstrip("--json --layers ReLU_3 --indices 3,17 --samples 1")
                .json()
                .get("image")
                .getAsInt())
        .isEqualTo(3);
    Path first = picture("a.png");
    Path second = picture("b.png");
    Typed run = filmstrip("--image %s %s".formatted(first, second));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly(
            "pictures are read as: a digit of 28 x 28, grey, range 1, mean none, std none"
                + " (all: the model's metadata)",
            "fmviz: a filmstrip is of one image, not of 2: name one with --index or --image (see fmviz filmstrip --help)");
    assertThat(filmstrip("--json --image " + first).json().get("source").getAsString())
        .isEqualTo(first.toString());
  }

  private Path picture(String name) throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(9, 9, 0, 255);
    Path file = folder.resolve(name);
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  @Test
  void endsWithTheNamedCheckpoint() throws IOException {
    SmallNetwork.checkpoint(model, "epoch_2", "before.");
    assertThat(filmstrip("--json --layers ReLU_3").json().getAsJsonArray("frames")).hasSize(3);
    for (String name : new String[] {"epoch_1", model.resolve("epoch_1.safetensors").toString()}) {
      JsonObject result = filmstrip("--json --layers ReLU_3 --checkpoint " + name).json();
      assertThat(result.getAsJsonArray("frames"))
          .extracting(frame -> frame.getAsJsonObject().get("checkpoint").getAsString())
          .containsExactly(
              model.resolve("epoch_0.safetensors").toString(),
              model.resolve("epoch_1.safetensors").toString());
      assertThat(SmallNetwork.manifest(out).getAsJsonObject("checkpoint").get("file").getAsString())
          .isEqualTo(model.resolve("epoch_1.safetensors").toString());
    }
    Path other = SmallNetwork.checkpoint(folder, "other", "before.");
    for (String name : new String[] {"epoch_0", other.toString()}) {
      Typed run = filmstrip("--checkpoint " + name);
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err())
          .isEqualTo(
              "fmviz: --checkpoint %s: a filmstrip ends with a checkpoint of %s that has others before it; name such a one (see fmviz filmstrip --help)%n"
                  .formatted(name, model));
    }
    assertThat(filmstrip("--checkpoint epoch_7").err())
        .isEqualTo(
            "fmviz: there is no checkpoint epoch_7: %s holds epoch_0, epoch_1, epoch_2%n"
                .formatted(model));
  }

  @Test
  void saysInItsHelpThatItTakesOneImage() {
    assertThat(Typed.fmviz("filmstrip --help").out())
        .containsPattern("one\\s+must\\s+be\\s+left\\s+\\(default:\\s+1,")
        .doesNotContain("default: 20");
  }

  /** Of one convolution everything is halved: so is the distance of what comes out from 0. */
  @Test
  void drawsAllCheckpointsOnOneScale() throws IOException {
    halveTheFirstConvolution();
    filmstrip("--layers ReLU_1 --colormap gray");
    BufferedImage sheet = ImageIO.read(out.resolve("ReLU_1.png").toFile());
    List<BufferedImage> frames = frames(out.resolve("ReLU_1.gif"));
    assertThat(frames).hasSize(2);
    // A label of ten characters and the image are left of the maps, two of 56 pixels, gaps of 4.
    int left = 4 + 6 * 10 + 2 + (56 + 4);
    List<Integer> before = greys(sheet, left, 38);
    List<Integer> after = greys(sheet, left, 38 + 60);
    // The least value of all is in the second row, and black; it was twice as large.
    int least = Collections.min(before);
    assertThat(after).contains(0);
    for (int i = 0; i < before.size(); i++) {
      assertThat((double) after.get(i)).isCloseTo((before.get(i) - least) / 2.0, within(1.0));
    }
    assertThat(greys(frames.get(0), 4, 36)).isEqualTo(before);
    assertThat(greys(frames.get(1), 4, 36)).isEqualTo(after);
  }

  /** The greys of two maps; not getRGB, which takes those of a grey picture for linear light. */
  private static List<Integer> greys(BufferedImage picture, int left, int top) {
    List<Integer> greys = new ArrayList<>();
    for (int y = top; y < top + 56; y++) {
      for (int x = left; x < left + 56 + 4 + 56; x++) {
        if (x < left + 56 || x >= left + 60) {
          int sample = picture.getRaster().getSample(x, y, 0);
          boolean indexed = picture.getColorModel() instanceof IndexColorModel;
          greys.add(indexed ? picture.getColorModel().getRed(sample) : sample);
        }
      }
    }
    return greys;
  }

  /** Ten epochs: the name of the last is a character longer. */
  @Test
  void makesAllFramesOfAnAnimationEquallyWide() throws IOException {
    for (int epoch = 2; epoch <= 10; epoch++) {
      Files.copy(
          model.resolve("epoch_0.safetensors"),
          model.resolve("epoch_%d.safetensors".formatted(epoch)));
    }
    assertThat(filmstrip("--layers ReLU_3 --scale 1 --padding 0").exit()).isZero();
    List<BufferedImage> frames = frames(out.resolve("ReLU_3.gif"));
    assertThat(frames).hasSize(11);
    // "epoch_10: 7"
    assertThat(frames).extracting(BufferedImage::getWidth).containsOnly(6 * 11 + 4);
  }

  private static List<BufferedImage> frames(Path gif) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(gif.toFile())) {
      reader.setInput(in);
      List<BufferedImage> frames = new ArrayList<>();
      for (int i = 0; i < reader.getNumImages(true); i++) {
        frames.add(reader.read(i));
      }
      return frames;
    } finally {
      reader.dispose();
    }
  }

  /** Each map moves by half of its mean magnitude. */
  @Test
  void ranksChannelsByHowMuchTheyMoved() throws IOException {
    halveTheFirstConvolution();
    JsonObject strip =
        filmstrip("--json --layers Conv2d_1")
            .json()
            .getAsJsonArray("layers")
            .get(0)
            .getAsJsonObject();
    Typed.fmviz(
        "visualize --dataset synthetic --samples 1 --layers Conv2d_1 --format npy --checkpoint %s --out %s"
            .formatted(model.resolve("epoch_0.safetensors"), folder.resolve("raw")));
    double[] magnitude = magnitudes(folder.resolve("raw/1-0/Conv2d_1.npy"));
    JsonArray columns = strip.getAsJsonArray("columns");
    JsonArray movements = strip.getAsJsonArray("movements");
    for (int i = 0; i < 2; i++) {
      double expected = magnitude[columns.get(i).getAsInt()] / 2;
      assertThat(movements.get(i).getAsDouble()).isCloseTo(expected, within(1e-5));
    }
    assertThat(movements.get(0).getAsDouble()).isGreaterThan(movements.get(1).getAsDouble());
  }

  private void halveTheFirstConvolution() {
    Map<String, float[]> halved = new HashMap<>();
    TorchFixture.WIDTHS
        .parameterShapes()
        .forEach((name, shape) -> halved.put(name, TorchFixture.floats("before." + name)));
    for (String name : new String[] {"net.0.weight", "net.0.bias"}) {
      float[] values = halved.get(name).clone();
      for (int i = 0; i < values.length; i++) {
        values[i] /= 2;
      }
      halved.put(name, values);
    }
    write("epoch_1", TorchFixture.WIDTHS, halved);
  }

  private static double[] magnitudes(Path npy) throws IOException {
    var buffer =
        ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN).position(128);
    double[] means = new double[2];
    for (int i = 0; i < 2 * 784; i++) {
      means[i / 784] += Math.abs(buffer.getFloat()) / 784;
    }
    return means;
  }

  private void write(String name, ClassifierWidths widths, Map<String, float[]> weights) {
    CheckpointInfo info =
        new CheckpointInfo(
            1,
            new CheckpointInfo.LearnedFrom("synthetic", false, 12, 12),
            new CheckpointInfo.Settings(7, 0.01f, 4, 12, 1, "cpu"),
            2.3,
            0.1,
            "0.0.0-test");
    SavedClassifier.of(model.resolve(name + ".safetensors"), widths, weights, info).write();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--samples 2|2|a filmstrip is of one image, not of 2: name one with --index or --image (see fmviz filmstrip --help)",
        "--index 3,17|2|a filmstrip is of one image, not of 2: name one with --index or --image (see fmviz filmstrip --help)",
        "--layers Linear|2|--layers Linear: no layer of these has maps; those with maps are Conv2d_1,"
            + " ReLU_1, MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3,"
            + " AdaptiveAvgPool2d_1 (see fmviz filmstrip --help)",
        "--scale 0|2|--scale must be from 1 to 32, not 0 (see fmviz filmstrip --help)"
      })
  void saysInOneLineWhatIsWrong(String options, int exit, String message) {
    Typed run = filmstrip(options);
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(run.err()).isEqualTo("fmviz: " + message + System.lineSeparator());
    assertThat(out).doesNotExist();
  }

  @Test
  void refusesASheetThatNoMemoryHoldsAndKeepsTheOldOnes() throws IOException {
    assertThat(filmstrip("--layers ReLU_3").exit()).isZero();
    Typed run = filmstrip("--layers ReLU_2 --padding 4096 --scale 32");
    assertThat(run.err()).startsWith("fmviz: a picture would be ").hasLineCount(1);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(SmallNetwork.files(out))
        .containsExactly("ReLU_3.gif", "ReLU_3.png", "index.html", "manifest.json");
  }

  @Test
  void needsTwoCheckpointsOfOneTraining() throws IOException {
    ClassifierWidths wide = Topology.DIGITS.ofBase(3);
    Map<String, float[]> zeros = new HashMap<>();
    wide.parameterShapes()
        .forEach(
            (name, shape) -> {
              int size = 1;
              for (long dimension : shape) {
                size *= (int) dimension;
              }
              zeros.put(name, new float[size]);
            });
    write("epoch_1", wide, zeros);
    assertThat(filmstrip("").err())
        .isEqualTo(
            "fmviz: %s and %s are not from the same training: their layers have different widths; move one of them to another folder%n"
                .formatted(
                    model.resolve("epoch_0.safetensors"), model.resolve("epoch_1.safetensors")));
    Files.delete(model.resolve("epoch_1.safetensors"));
    Typed run = filmstrip("");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "fmviz: %s holds 1 checkpoint, a filmstrip needs two: run fmviz train --resume --epochs 2%n"
                .formatted(model));
  }
}
