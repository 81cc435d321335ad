package io.fmviz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.fmviz.base.AtomicFile;
import io.fmviz.dataset.FloatImages;
import io.fmviz.dataset.Images;
import io.fmviz.image.Colormap;
import io.fmviz.image.GridOptions;
import io.fmviz.image.MapsPicture;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.torch.BlockNetwork;
import io.fmviz.probe.MapNodes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents say of fmviz as a library, compiled and run. */
class ReadmeTest {
  private static final Pattern CODE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  /** The lines of library.md, word for word. */
  private void draw(Block block, float[] pixels) {
    Network network = new BlockNetwork("resnet", block, new InputForm(3, 64, 64));
    Images images = new FloatImages(pixels, 3, 64, 64);
    PictureOptions look =
        new PictureOptions(new GridOptions(8, 2, 0.5f), Normalize.MAP, Colormap.GRAY, 1, false);
    try (Session session = network.start(Compute.onCpu(2));
        PngWriter png = new PngWriter()) {
      session.run(
          Batch.of(images, new int[] {0}, 0, 1),
          Set.copyOf(MapNodes.of(network)),
          (node, values) -> {
            float[] maps = new float[values.remaining()];
            values.get(maps);
            AtomicFile.write(
                folder.resolve(node + ".png"),
                out ->
                    MapsPicture.write(
                        maps, node.channels(), node.height(), node.width(), look, png, out));
          });
    }
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  @Test
  void holdsCodeThatIsCompiledHere() throws IOException {
    Matcher code = CODE.matcher(Files.readString(Path.of("src/docs/library.md")));
    assertThat(code.find()).isTrue();
    String here = Files.readString(Path.of("src/test/java/io/fmviz/ReadmeTest.java"));
    assertThat(words(here)).contains(words(code.group(1)));
  }

  @Test
  void drawsTheMapsOfANetworkOfTheZoo() throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = Zoo.resnet(manager, 18, 64, 100);
      draw(block, Zoo.stripes(64));
      List<Node> nodes = MapNodes.of(new BlockNetwork("resnet", block, new InputForm(3, 64, 64)));
      assertThat(nodes).hasSize(84);
      try (var files = Files.list(folder)) {
        assertThat(files).hasSize(84);
      }
      for (Node node : nodes) {
        BufferedImage picture = ImageIO.read(folder.resolve(node + ".png").toFile());
        int rows = (node.channels() + 7) / 8;
        assertThat(picture.getWidth()).isEqualTo(8 * (node.width() + 2) + 2);
        assertThat(picture.getHeight()).isEqualTo(rows * (node.height() + 2) + 2);
      }
    }
  }
}
