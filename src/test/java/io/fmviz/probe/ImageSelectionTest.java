package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.TorchFixture;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Compute;
import io.fmviz.network.Logits;
import io.fmviz.network.Session;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageSelectionTest {
  private static final LabeledImages IMAGES = TorchFixture.images();

  private final Session session = TorchFixture.network("before.").start(Compute.onCpu(1));

  @AfterEach
  void close() {
    session.close();
  }

  private static ImageChoice choice(Integer samples, int start, String indices, Integer label) {
    return new ImageChoice(
        samples, start, indices, label == null ? null : String.valueOf(label), false);
  }

  private int[] choose(ImageChoice choice) {
    return new ImageSelection(choice, IMAGES, "digits").choose(session, (done, total) -> {});
  }

  @Test
  void takesTheFirstFromSomeImageOnOrThoseThatAreNamed() {
    assertThat(choose(choice(3, 1, null, null))).containsExactly(0, 1, 2);
    assertThat(choose(choice(2, 11, null, null))).containsExactly(10, 11);
    assertThat(choose(choice(null, 1, "7,2-4", null))).containsExactly(6, 1, 2, 3);
    assertThat(choose(choice(2, 1, "7,2-4", null))).containsExactly(6, 1);
  }

  @Test
  void takesThoseOfAClass() {
    int label = IMAGES.label(4);
    int[] expected = IntStream.range(2, 12).filter(i -> IMAGES.label(i) == label).toArray();
    assertThat(choose(choice(null, 3, null, label))).isEqualTo(expected);
  }

  @Test
  void takesThoseThatTheNetworkGetsWrong() {
    float[] logits = TorchFixture.floats("logits");
    int[] wrong =
        IntStream.range(0, 12)
            .filter(i -> Logits.predicted(logits, 10 * i, 10) != IMAGES.label(i))
            .toArray();
    ImageChoice all = new ImageChoice(null, 1, null, null, true);
    assertThat(choose(all)).isEqualTo(wrong).hasSizeGreaterThan(2);
    ImageChoice two = new ImageChoice(2, 1, null, null, true);
    assertThat(choose(two)).containsExactly(wrong[0], wrong[1]);
  }

  @Test
  void refusesImagesThatAreNotThere() {
    assertRefused(
        choice(null, 1, "5,13", null), Settings.named("{index} asks for image 13"), "1 to 12");
    assertRefused(
        choice(1, 99, null, null), Settings.named("{start} 99 asks for image 99"), "1 to 12");
  }

  @Test
  void takesAllWhereThereAreNotAsManyAsMayBeTaken() {
    assertThat(choose(choice(13, 1, null, null))).hasSize(12);
    assertThat(choose(choice(5, 10, null, null))).containsExactly(9, 10, 11);
    assertThat(choose(choice(Integer.MAX_VALUE, 12, null, null))).containsExactly(11);
  }

  private void assertRefused(ImageChoice choice, String asking, String range) {
    assertThatThrownBy(() -> choose(choice))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            "%s, but digits has 12 test images: give a number from %s".formatted(asking, range));
  }

  @Test
  void refusesAClassThatTheNetworkDoesNotKnow() {
    assertThatThrownBy(() -> choose(choice(null, 1, null, 10)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(Settings.named("{class} must be from 0 to 9, not 10"));
  }

  @Test
  void takesAClassByItsName() {
    LabeledImages named =
        new LabeledImages(new byte[3], new int[] {1, 0, 1}, List.of("cat", "dog"), 1, 1);
    ImageChoice ofDogs = new ImageChoice(null, 1, null, "dog", false);
    assertThat(new ImageSelection(ofDogs, named, null).candidates(10)).containsExactly(0, 2);
    assertThatThrownBy(
            () ->
                new ImageSelection(new ImageChoice(null, 1, null, "cow", false), named, null)
                    .candidates(10))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named("{class} takes a class's number or name; there is no class cow"));
  }

  @Test
  void takesAsManyPicturesAsThereAre() {
    LabeledImages three = new LabeledImages(new byte[3], new int[3], List.of("cat"), 1, 1);
    ImageChoice twenty = new ImageChoice(null, 1, null, null, false);
    assertThat(new ImageSelection(twenty, three, null).candidates(10)).containsExactly(0, 1, 2);
    ImageChoice later = new ImageChoice(1, 2, null, null, false);
    assertThat(new ImageSelection(later, three, null).candidates(10)).containsExactly(1);
    assertThatThrownBy(
            () ->
                new ImageSelection(new ImageChoice(null, 4, null, null, false), three, null)
                    .candidates(10))
        .hasMessage(
            Settings.named(
                "{start} 4 asks for picture 4, but there are 3: give a number from 1 to 3"));
  }

  @Test
  void saysWhereNoneIsLeft() {
    int absent =
        IntStream.range(0, 10)
            .filter(c -> IntStream.range(0, 12).noneMatch(i -> IMAGES.label(i) == c))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> choose(choice(null, 1, null, absent)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "12 images looked at, and none is of class %d: choose others".formatted(absent));
  }
}
