package io.fmviz.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.cli.Typed;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.mnist.DatasetChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code run} says of its second part before its first. */
class RunPipelineTest {
  @TempDir private Path folder;

  private Typed run(String... more) {
    return Typed.fmviz(
        folder,
        Stream.concat(
                Stream.of(
                    "run",
                    "--quiet",
                    "--dataset=synthetic",
                    "--model-dir=$DIR/m",
                    "--out=$DIR/out",
                    "--limit-train=64",
                    "--limit-test=10",
                    "--base-channels=2"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private void assertNotTrained(Typed run) {
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("m/epoch_0.safetensors")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--index=3,2001|2|--index asks for image 2001, but synthetic has 2,000 test images: give a number from 1 to 2,000 (see fmviz run --help)",
        "--start=2001|2|--start 2001 asks for image 2001, but synthetic has 2,000 test images: give a number from 1 to 2,000 (see fmviz run --help)",
        "--class=10|2|--class must be from 0 to 9, not 10 (see fmviz run --help)",
        "--layers=Conv2d_9|2|--layers: there is no layer Conv2d_9; there are Conv2d_1, ReLU_1, MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3, AdaptiveAvgPool2d_1, Linear_1 (see fmviz run --help)",
        "--layers=Linear|2|--layers Linear: no layer of these has maps; those with maps are Conv2d_1, ReLU_1, MaxPool2d_1, Conv2d_2, ReLU_2, MaxPool2d_2, Conv2d_3, ReLU_3, AdaptiveAvgPool2d_1 (see fmviz run --help)",
        "--padding=4096 --scale=32|2|a picture would be 395,008 pixels wide and 263,040 high, more than fmviz draws: take a smaller --scale or --padding, or fewer images (see fmviz run --help)",
        "--padding=4096 --scale=32 --label --misclassified|2|a picture would be 395,008 pixels wide and 263,040 high, more than fmviz draws: take a smaller --scale or --padding, or fewer images (see fmviz run --help)"
      })
  void refusesBeforeTrainingWhatCannotBeShown(String options, int exit, String message) {
    Typed run = run(options.split(" ", -1));
    assertThat(run.err()).isEqualTo("fmviz: " + message + System.lineSeparator());
    assertThat(run.exit()).isEqualTo(exit);
    assertNotTrained(run);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void refusesBeforeTrainingAPictureThatIsNotThere() {
    Typed run = run("--image=$DIR/no.png");
    assertThat(run.err())
        .isEqualTo(
            "fmviz: there is no image %s: give a picture (PNG, JPEG, GIF, BMP, WebP or TIFF), or a folder of pictures%n"
                .formatted(folder.resolve("no.png")));
    assertNotTrained(run);
  }

  @Test
  void refusesBeforeTrainingAFolderOfSomebodyElses() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Path mine = Files.writeString(out.resolve("notes.txt"), "mine");
    Typed run = run();
    assertThat(run.err())
        .isEqualTo(
            "fmviz: %s holds files, but no manifest.json written by fmviz: give another folder with --out, or --force to write there anyway%n"
                .formatted(out));
    assertNotTrained(run);
    assertThat(mine).hasContent("mine");
    assertThat(run("--force", "--samples=1").exit()).isZero();
  }

  @Test
  void refusesBeforeTrainingAFolderThatCannotBeMade() throws IOException {
    Path out = Files.writeString(folder.resolve("out"), "a file");
    Typed run = run("--force");
    assertThat(run.err())
        .isEqualTo("fmviz: cannot write %s: a file of that name is in the way%n".formatted(out));
    assertNotTrained(run);
  }

  @Test
  void refusesBeforeTrainingAPictureOfOnesOwnInTheWay() throws IOException {
    assertThat(run("--samples=1").exit()).isZero();
    Files.delete(folder.resolve("m/epoch_0.safetensors"));
    String second =
        DatasetChoice.SYNTHETIC
            .open(folder, List.of(Split.TEST), line -> {})
            .dataset()
            .load(Split.TEST)
            .title(1);
    Path mine =
        Files.createDirectory(folder.resolve("out").resolve(second)).resolve("Conv2d_1.png");
    Files.writeString(mine, "mine");
    Typed run = run("--samples=2");
    assertThat(run.err())
        .isEqualTo(
            "fmviz: %s is not fmviz's: move it away, or give --force to overwrite it%n"
                .formatted(mine));
    assertNotTrained(run);
  }
}
