package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.TorchFixture;
import io.fmviz.base.Settings;
import io.fmviz.network.Network;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fixture's network tells ten classes apart. */
class FolderClassesTest {
  private final Network network = TorchFixture.network("before.");

  private static List<String> names(String... first) {
    return IntStream.range(0, 10).mapToObj(i -> i < first.length ? first[i] : "c" + i).toList();
  }

  @Test
  void areFoundByName() {
    FolderClasses classes =
        FolderClasses.of(
            List.of("Dog", "tabby_cat"), names("tiger cat, tabby cat", "c1", "dog"), network);
    assertThat(classes.unlabelled()).isNull();
    assertThat(classes.said()).isNull();
    assertThat(classes.labels(new int[] {0, 1, 1, -1})).containsExactly(2, 0, 0, -1);
    assertThat(classes.names()).hasSize(10).startsWith("tiger cat, tabby cat");
  }

  @Test
  void areTakenByOrderWhereTheCountsAgreeAndNamesDoNot() {
    List<String> folders = IntStream.range(0, 10).mapToObj(i -> "f" + i).toList();
    FolderClasses unnamed = FolderClasses.of(folders, List.of(), network);
    assertThat(unnamed.labels(new int[] {9, 0})).containsExactly(9, 0);
    assertThat(unnamed.names()).isEqualTo(folders);
    assertThat(unnamed.said())
        .isEqualTo("folders are the network's classes by their order, f0 is class 0");
    FolderClasses named = FolderClasses.of(folders, names(), network);
    assertThat(named.labels(new int[] {9, 0})).containsExactly(9, 0);
    assertThat(named.names()).isEqualTo(names());
    assertThat(named.said()).isEqualTo(unnamed.said());
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
    FolderClasses strange = FolderClasses.of(List.of("c1", "cow"), names(), network);
    assertThat(strange.unlabelled())
        .isEqualTo(
            Settings.named(
                    "cow is not among the classes of %s; name folders after its classes, or give {classNames}")
                .formatted(network.location()));
    FolderClasses many = FolderClasses.of(List.of("a", "b", "d", "e"), names(), network);
    assertThat(many.unlabelled()).startsWith("a, b, d and others are not among the classes of ");
  }

  @Test
  void areNoneWithoutFolders() {
    FolderClasses none = FolderClasses.of(List.of(), names(), network);
    assertThat(none.labels(new int[] {-1})).containsExactly(-1);
    assertThat(none.unlabelled())
        .isEqualTo("they are not in class folders; give a folder that has a folder for each class");
  }
}
