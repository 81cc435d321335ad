package io.fmviz.dataset.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxDatasetTest {
  private static final Set<Split> BOTH = EnumSet.allOf(Split.class);

  @TempDir Path folder;

  /** Both parts with these labels and black images, under the official names. */
  static void write(Path folder, String suffix, byte... labels) throws IOException {
    Files.createDirectories(folder);
    int[] dimensions = {labels.length, 28, 28};
    byte[] images = IdxTest.idx(0x803, dimensions, new byte[784 * labels.length]);
    byte[] labelled = IdxTest.idx(0x801, new int[] {labels.length}, labels);
    boolean gzip = suffix.equals(".gz");
    for (Split split : Split.values()) {
      Files.write(
          folder.resolve(IdxFolder.imagesOf(split) + suffix), gzip ? IdxTest.gzip(images) : images);
      Files.write(
          folder.resolve(IdxFolder.labelsOf(split) + suffix),
          gzip ? IdxTest.gzip(labelled) : labelled);
    }
  }

  private IdxDataset mnist() {
    return new IdxDataset(IdxSource.MNIST, folder);
  }

  @Test
  void findsPlainFilesInTheFolder() throws IOException {
    write(folder, "", (byte) 3, (byte) 4);
    LabeledImages images = mnist().load(Split.TRAIN);
    assertThat(images.count()).isEqualTo(2);
    assertThat(images.label(1)).isEqualTo(4);
  }

  @Test
  void findsGzippedFilesWhereTorchvisionKeepsThem() throws IOException {
    write(folder.resolve("MNIST/raw"), ".gz", (byte) 9);
    assertThat(mnist().load(Split.TEST).label(0)).isEqualTo(9);
    assertThat(mnist().isPresent(BOTH)).isTrue();
    assertThat(new IdxDataset(IdxSource.FASHION_MNIST, folder).isPresent(BOTH)).isFalse();
  }

  @Test
  void namesFilesThatAreMissing() {
    assertThatThrownBy(() -> mnist().load(Split.TEST))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "mnist's test images are not in %s: put t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (with .gz or without, also as t10k-images.idx3-ubyte, in capitals or not) into %s or %s"
                .formatted(folder, folder, folder.resolve("MNIST/raw")));
  }

  /** One image with this label, under these two names. */
  private void writeTest(String images, String labels, int label) throws IOException {
    byte[] image = IdxTest.idx(0x803, new int[] {1, 28, 28}, new byte[784]);
    byte[] labelled = IdxTest.idx(0x801, new int[] {1}, (byte) label);
    for (Path file : List.of(folder.resolve(images), folder.resolve(labels))) {
      Files.createDirectories(file.getParent());
    }
    Files.write(folder.resolve(images), images.endsWith("z") ? IdxTest.gzip(image) : image);
    Files.write(folder.resolve(labels), labelled);
  }

  @ParameterizedTest
  @CsvSource({
    "t10k-images.idx3-ubyte, t10k-labels.idx1-ubyte",
    "t10k-images.idx3-ubyte.gz, t10k-labels-idx1-ubyte",
    "T10K-IMAGES-IDX3-UBYTE.GZ, T10k-Labels.Idx1-Ubyte",
    "t10k_images_idx3_ubyte, t10k_labels_idx1_ubyte",
    "t10k-images-idx3-ubyte/t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte/t10k-labels-idx1-ubyte",
    "MNIST/raw/t10k-images.idx3-ubyte, MNIST/raw/t10k-labels.idx1-ubyte",
  })
  void takesTheFilesUnderTheNamesThatTheyComeWith(String images, String labels) throws IOException {
    writeTest(images, labels, 6);
    writeTest("._" + Path.of(images).getFileName(), "._" + Path.of(labels).getFileName(), 9);
    assertThat(mnist().isPresent(Set.of(Split.TEST))).isTrue();
    assertThat(mnist().isPresent(BOTH)).isFalse();
    assertThat(mnist().load(Split.TEST).label(0)).isEqualTo(6);
    assertThat(mnist().lookalikes()).hasSize(2);
  }

  @Test
  void prefersMnistsOwnNames() throws IOException {
    writeTest("T10K-images-idx3-ubyte", "t10k-LABELS-idx1-ubyte", 1);
    writeTest("t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte", 2);
    writeTest("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.bak", 3);
    writeTest("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", 4);
    assertThat(mnist().load(Split.TEST).label(0)).isEqualTo(4);
  }

  @Test
  void seesWhatWasMeantToBeAnIdxFile() throws IOException {
    for (String name :
        List.of(
            "mnist_train-images.idx3", "test_labels.bin", "x-ubyte.zip", "notes.txt", ".ubyte")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(mnist().lookalikes())
        .containsExactly(
            folder.resolve("mnist_train-images.idx3"),
            folder.resolve("test_labels.bin"),
            folder.resolve("x-ubyte.zip"));
  }

  @Test
  void refusesAnotherCountOfLabels() throws IOException {
    write(folder, "", (byte) 1, (byte) 2);
    Path labels = folder.resolve(IdxFolder.labelsOf(Split.TEST));
    Files.write(labels, IdxTest.idx(0x801, new int[] {1}, (byte) 1));
    assertThatThrownBy(() -> mnist().load(Split.TEST))
        .hasMessage(
            "%s holds 2 images, but %s holds 1 label"
                .formatted(folder.resolve(IdxFolder.imagesOf(Split.TEST)), labels));
  }

  @Test
  void refusesImagesOfAnotherSize() throws IOException {
    write(folder, "", (byte) 1);
    Path images = folder.resolve(IdxFolder.imagesOf(Split.TEST));
    Files.write(images, IdxTest.idx(0x803, new int[] {1, 32, 30}, new byte[960]));
    assertThatThrownBy(() -> mnist().load(Split.TEST))
        .hasMessage(images + " holds images of 32 x 30, not of 28 x 28");
  }

  @Test
  void refusesLabelsThatAreNoDigit() throws IOException {
    write(folder, "", (byte) 1, (byte) 200);
    assertThatThrownBy(() -> mnist().load(Split.TEST))
        .hasMessage(
            folder.resolve(IdxFolder.labelsOf(Split.TEST))
                + " holds the label 200 at byte 9; labels are 0 to 9");
  }

  @Test
  void tellsFashionMnistFromMnistByItsFirstLabels() throws IOException {
    byte[] fashion = {9, 2, 1, 1, 6, 1, 4, 6, 5, 7, 4};
    write(folder, "", fashion);
    assertThatThrownBy(() -> mnist().load(Split.TEST))
        .hasMessage(
            folder.resolve(IdxFolder.labelsOf(Split.TEST))
                + Settings.named(
                    " holds fashion-mnist, not mnist: give {dataset} fashion-mnist, or another"
                        + " folder with {data}"));
    assertThat(new IdxDataset(IdxSource.FASHION_MNIST, folder).load(Split.TEST).count())
        .isEqualTo(11);
  }
}
