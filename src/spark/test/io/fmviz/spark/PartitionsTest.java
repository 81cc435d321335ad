package io.fmviz.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.dataset.FloatImages;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.Picture;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  /** Images of which only their bytes are known. */
  private record Sized(long... sizes) implements Images {
    @Override
    public int count() {
      return sizes.length;
    }

    @Override
    public long bytes(int index) {
      return sizes[index];
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public int height() {
      return 1;
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void copyTo(FloatBuffer target, int index) {
      target.put(0);
    }

    @Override
    public Picture picture(int index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String title(int index) {
      return "";
    }

    @Override
    public boolean isLazy() {
      return true;
    }

    @Override
    public String source(int index) {
      return "photos/" + index + ".jpg";
    }

    @Override
    public Images first(int count) {
      throw new UnsupportedOperationException();
    }
  }

  private static List<Integer> counts(List<Partition> parts) {
    return parts.stream().map(Partition::count).toList();
  }

  @Test
  void haveAboutAsManyBytesEach() {
    Images images = new Sized(10, 10, 10, 10, 100, 20, 20, 20);
    assertThat(counts(Partitions.ofNumber(images, 8, 2))).containsExactly(5, 3);
    assertThat(counts(Partitions.ofNumber(images, 8, 4))).containsExactly(5, 1, 2);
    assertThat(Partitions.ofNumber(images, 8, 2).get(1).first()).isEqualTo(5);
  }

  @Test
  void areNoMoreThanThereAreImages() {
    assertThat(counts(Partitions.ofNumber(new Sized(1, 1, 1), 3, 40))).containsExactly(1, 1, 1);
    assertThat(counts(Partitions.ofNumber(new Sized(0, 0, 0), 3, 1))).containsExactly(3);
  }

  @Test
  void areOfTheFirstImagesAlone() {
    assertThat(counts(Partitions.ofNumber(new Sized(1, 1, 1, 1, 1000), 4, 2)))
        .containsExactly(2, 2);
  }

  @Test
  void areOneWhereThereAreFewBytesAndMoreWhereThereAreMany() {
    assertThat(Partitions.of(new Sized(1000, 1000), 2, 100)).hasSize(1);
    long[] photographs = new long[1000];
    Arrays.fill(photographs, 1 << 20);
    List<Integer> counts = counts(Partitions.of(new Sized(photographs), 1000, 25));
    // 1,000 MB: half a core's share of what is left, 20 MB at first.
    assertThat(counts.subList(0, 4)).containsExactly(20, 20, 20, 19);
    assertThat(counts.get(counts.size() - 1)).isEqualTo(1);
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
    // At most 32 MB.
    assertThat(counts(Partitions.of(new Sized(photographs), 1000, 1)).subList(0, 3))
        .containsExactly(32, 32, 32);
  }

  @Test
  void becomeSmallerSoThatCoresEndTogether() {
    long[] photographs = new long[800];
    Arrays.fill(photographs, 1 << 15);
    List<Partition> parts = Partitions.of(new Sized(photographs), 800, 2);
    assertThat(counts(parts))
        .containsExactly(200, 150, 113, 85, 63, 48, 36, 27, 20, 15, 11, 8, 8, 8, 8);
    assertThat(parts.get(14).first()).isEqualTo(792);
  }

  @Test
  void writeWhereTheirImagesAreAndNotTheImages() {
    Partition sent = Travel.sent(Partitions.ofNumber(new Sized(1, 1, 1, 1), 4, 2).get(1));
    assertThat(sent.first()).isEqualTo(2);
    assertThat(sent.content().sources()).containsExactly("photos/2.jpg", "photos/3.jpg");
    assertThat(sent.content().labels()).containsExactly(Images.NO_LABEL, Images.NO_LABEL);
    assertThat(sent.content().pixels()).isNull();
  }

  @Test
  void countTheirImagesAmongAll() {
    Images part = new PartitionImages(new Sized(10, 20, 30), 5, PartitionImages.Places.NONE, 3);
    assertThat(part.count()).isEqualTo(8);
    assertThat(part.bytes(6)).isEqualTo(20);
    assertThat(part.readers()).isEqualTo(3);
  }

  @Test
  void takeADatasetsImagesWithThem() {
    LabeledImages digits =
        new LabeledImages(new byte[] {1, 2, 3, 4, 5, 6}, new int[] {7, 8, 9}, List.of(), 1, 2);
    Partition sent = Travel.sent(new Partition(digits, 1, 2));
    assertThat(sent.content().sources()).isNull();
    assertThat(sent.content().pixels()).containsExactly(3, 4, 5, 6);
    assertThat(sent.content().labels()).containsExactly(8, 9);
    assertThat(new FloatImages(new float[2], 1, 1, 2).bytes(0)).isEqualTo(2);
  }
}
