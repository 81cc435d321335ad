package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.TorchFixture;
import io.fmviz.base.Settings;
import io.fmviz.network.Network;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixture's network tells ten classes apart. */
class FolderClassesTest {
  private final Network network = TorchFixture.network("before.");

  private static List<String> names(String... first) {
    return IntStream.range(0, 10).mapToObj(i -> i < first.length ? first[i] : "c" + i).toList();
  }

  private int label(String folder, List<String> names) {
    return FolderClasses.of(List.of(folder), names, network).labels(new int[] {0})[0];
  }

  @Test
  void areFoundByName() {
    FolderClasses classes =
        FolderClasses.of(
            List.of("Dog", "tabby_cat"), names("tiger cat, tabby cat", "c1", "dog"), network);
    assertThat(classes.unlabelled()).isNull();
    assertThat(classes.said()).isNull();
    assertThat(classes.by()).isEqualTo("names");
    assertThat(classes.labels(new int[] {0, 1, 1, -1})).containsExactly(2, 0, 0, -1);
    assertThat(classes.names()).hasSize(10).startsWith("tiger cat, tabby cat");
  }

  @ParameterizedTest
  @CsvSource({
    "tench, 1",
    "Tinca-tinca, 1",
    "'tench, Tinca tinca', 1",
    "n01440764, 1",
    "N01440764 tench, 1",
    "n01440764-anything, 1",
    "1 tench, 1",
    "001_tench, 1",
    "7. Tinca_Tinca, 1",
    "great  white-shark, 2",
    "n00000000 great white shark, 2",
    "00002, 2",
    "2, 2",
    "café, 3",
    "cafe\u0301, 3",
    "crane, -1",
    "5 crane, 5",
    "2 crane, -1",
    "10, -1",
    "trench, -1"
  })
  void areFoundInWhateverWayTheyAreWritten(String folder, int label) {
    List<String> names =
        names("c0", "n01440764 tench, Tinca tinca", "great_white_shark", "Café", "crane", "crane");
    assertThat(label(folder, names)).isEqualTo(label);
  }

  @Test
  void numbersAreNamesWhereClassesAreCalledSo() {
    List<String> names = names("8", "6", "0");
    assertThat(label("8", names)).isZero();
    assertThat(label("00", names)).isEqualTo(2);
    assertThat(label("7", names)).isEqualTo(-1);
  }

  @Test
  void areNeverTakenByOrderWhereNamesAreKnown() {
    List<String> folders = IntStream.range(0, 10).mapToObj(i -> "f" + i).toList();
    FolderClasses named = FolderClasses.of(folders, names("red", "green", "fo"), network);
    assertThat(named.labels(new int[] {9, 0})).containsExactly(-1, -1);
    assertThat(named.by()).isNull();
    assertThat(named.unlabelled())
        .isEqualTo(
            Settings.named(
                    "f0, f1, f2 and others are not among the classes of %s; the nearest to f0 are fo, red, green: name folders after its classes, or give {classNames}")
                .formatted(network.location()));
  }

  @Test
  void areTakenByOrderWhereTheCountsAgreeAndNoNamesAreKnown() {
    List<String> folders = IntStream.range(0, 10).mapToObj(i -> "f" + i).toList();
    FolderClasses unnamed = FolderClasses.of(folders, List.of(), network);
    assertThat(unnamed.labels(new int[] {9, 0})).containsExactly(9, 0);
    assertThat(unnamed.by()).isEqualTo("order");
    assertThat(unnamed.isByOrder()).isTrue();
    assertThat(unnamed.said())
        .isEqualTo(
            Settings.named(
                "the folders are taken for the classes by their order, a guess ({classNames} says better): f0 is class 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2,10,3", "0,1,11", "2,02,3", "1,2,x"})
  void otherNumbersAreNoClasses(String folders) {
    assertThat(FolderClasses.of(List.of(folders.split(",")), List.of(), network).by()).isNull();
  }

  @Test
  void numbersAreThoseOfClassesWhereNoNamesAreKnown() {
    FolderClasses some = FolderClasses.of(List.of("00007", "2", "3 cats"), List.of(), network);
    assertThat(some.labels(new int[] {0, 1, 2})).containsExactly(7, 2, 3);
    assertThat(some.by()).isEqualTo("numbers");
    assertThat(some.names()).hasSize(10).startsWith("0", "1");
  }

  @Test
  void partsOfADatasetAreNoClasses() {
    String parts =
        Settings.named(
            "Train, val are parts of a dataset, not classes; give {image} the folder of one part");
    List<String> folders = List.of("Train", "val");
    assertThat(FolderClasses.of(folders, List.of(), network).unlabelled()).isEqualTo(parts);
    assertThat(FolderClasses.of(folders, names(), network).unlabelled()).isEqualTo(parts);
    assertThat(FolderClasses.of(folders, names("val", "train"), network).labels(new int[] {0, 1}))
        .containsExactly(1, 0);
  }

  @Test
  void areNotGuessedOtherwise() {
    FolderClasses few = FolderClasses.of(List.of("cat", "dog"), List.of(), network);
    assertThat(few.labels(new int[] {0, 1})).containsExactly(-1, -1);
    assertThat(few.unlabelled())
        .isEqualTo(
            Settings.named(
                    "2 folders can't be the 10 classes of %s, whose names aren't known; give {classNames}")
                .formatted(network.location()));
    FolderClasses strange = FolderClasses.of(List.of("c1", "c11"), names(), network);
    assertThat(strange.unlabelled())
        .isEqualTo(
            Settings.named(
                    "c11 is not among the classes of %s; the nearest to c11 are c1, c0, c2: name folders after its classes, or give {classNames}")
                .formatted(network.location()));
  }

  @Test
  void areAskedForWhereANameIsTwoClasses() {
    FolderClasses two = FolderClasses.of(List.of("crane"), names("crane", "c1", "Crane"), network);
    assertThat(two.unlabelled())
        .isEqualTo(
            "crane may be class 0 or class 2: put the number of the class before it, as in 0 crane");
  }

  @Test
  void areNoneWithoutFolders() {
    FolderClasses none = FolderClasses.of(List.of(), names(), network);
    assertThat(none.labels(new int[] {-1})).containsExactly(-1);
    assertThat(none.unlabelled())
        .isEqualTo("they are not in class folders; give a folder that has a folder for each class");
  }
}
