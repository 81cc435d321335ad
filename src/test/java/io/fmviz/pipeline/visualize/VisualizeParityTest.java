package io.fmviz.pipeline.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.Shared;
import io.fmviz.cli.Typed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of real MNIST, against what PyTorch and torchvision made of the same weights. */
@EnabledIfEnvironmentVariable(
    named = Shared.VARIABLE,
    matches = ".+",
    disabledReason = Shared.ABSENT)
class VisualizeParityTest {
  @Test
  void drawsTheReferencesPictures(@TempDir Path folder) throws IOException {
    visualize(folder);
    compare(folder, Shared.reference("save_image"));
  }

  @Test
  void drawsTheReferencesPicturesWithOtherGridOptions(@TempDir Path folder) throws IOException {
    visualize(folder, "--nrow=5", "--padding=1", "--pad-value=1.0");
    compare(folder, Shared.reference("save_image_nrow5_pad1_white"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"map", "layer"})
  void drawsTheReferencesNormalisedPictures(String how, @TempDir Path folder) throws IOException {
    visualize(folder, "--normalize=" + how);
    compare(folder, Shared.reference("save_image_normalize_" + how));
  }

  private static void visualize(Path folder, String... options) {
    Typed run =
        Typed.fmviz(
            "visualize --checkpoint=%s --data=%s --out=%s %s"
                .formatted(
                    Shared.reference("epoch_0.safetensors"),
                    Shared.mnist(),
                    folder.resolve("out"),
                    String.join(" ", options))
                .strip());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("180 pictures of 20 images of mnist in ");
  }

  /** Nowhere more than one grey level apart, and anywhere at most in one pixel of a thousand. */
  private static void compare(Path folder, Path reference) throws IOException {
    List<Path> names;
    try (var files = Files.walk(reference)) {
      names = files.filter(f -> f.toString().endsWith(".png")).map(reference::relativize).toList();
    }
    assertThat(names).isNotEmpty();
    long pixels = 0;
    long different = 0;
    for (Path name : names) {
      BufferedImage ours = ImageIO.read(folder.resolve("out").resolve(name).toFile());
      BufferedImage theirs = ImageIO.read(reference.resolve(name).toFile());
      assertThat(ours.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
      assertSameSize(ours, theirs, name);
      for (int y = 0; y < theirs.getHeight(); y++) {
        for (int x = 0; x < theirs.getWidth(); x++) {
          int expected = theirs.getRGB(x, y) & 0xff;
          int actual = ours.getRaster().getSample(x, y, 0);
          assertThat(actual).as("%s at %d,%d", name, x, y).isCloseTo(expected, within(1));
          pixels++;
          different += actual == expected ? 0 : 1;
        }
      }
    }
    assertThat(different * 1000).isLessThanOrEqualTo(pixels);
  }

  private static void assertSameSize(BufferedImage ours, BufferedImage theirs, Path name) {
    assertThat(List.of(ours.getWidth(), ours.getHeight()))
        .as("size of " + name)
        .isEqualTo(List.of(theirs.getWidth(), theirs.getHeight()));
  }
}
