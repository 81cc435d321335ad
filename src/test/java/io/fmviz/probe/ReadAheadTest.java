package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fmviz.Parts;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.PassedOver;
import io.fmviz.dataset.Picture;
import io.fmviz.network.Batch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  /** Images of one value each, their index; some are broken, and one may never be read. */
  private static final class Files implements Images {
    private final int count;
    private final Set<Integer> broken;
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final List<PassedOver> passedOver = new ArrayList<>();
    private int hanging = -1;

    Files(int count, Integer... broken) {
      this.count = count;
      this.broken = Set.of(broken);
    }

    @Override
    public int count() {
      return count;
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
    public boolean isLazy() {
      return true;
    }

    @Override
    public int readers() {
      return 2;
    }

    @Override
    public void copyTo(FloatBuffer target, int index) {
      asked.incrementAndGet();
      if (broken.contains(index)) {
        throw new UserException(index + ".jpg is broken", "save it again", null);
      }
      if (index == hanging) {
        try {
          never.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      target.put(index);
    }

    @Override
    public synchronized void passOver(int index, String reason) {
      passedOver.add(new PassedOver(index, index + ".jpg", reason));
    }

    @Override
    public synchronized List<PassedOver> passedOver() {
      return List.copyOf(passedOver);
    }

    @Override
    public Picture picture(int index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String title(int index) {
      return String.valueOf(index + 1);
    }

    @Override
    public String source(int index) {
      return index + ".jpg";
    }

    @Override
    public Images first(int most) {
      throw new UnsupportedOperationException();
    }
  }

  private static List<Batch> batches(Files files, int size) {
    List<Batch> all = new ArrayList<>();
    Batches.ofSize(files, Parts.all(files.count), size).forEachRemaining(all::add);
    return all;
  }

  private static float value(Batch batch, int at) {
    FloatBuffer value = FloatBuffer.allocate(1);
    batch.floats().copyTo(value, at);
    return value.get(0);
  }

  @Test
  void passesOverWhatIsBrokenAndFillsTheBatchesWithWhatFollows() {
    Files files = new Files(8, 1, 2, 7);
    List<Batch> all = batches(files, 3);
    assertThat(all).extracting(Batch::first).containsExactly(0, 3);
    assertThat(all).extracting(Batch::count).containsExactly(3, 2);
    assertThat(all.get(0).indices()).containsExactly(0, 3, 4);
    assertThat(all.get(1).indices()).containsExactly(5, 6, 6);
    assertThat(files.passedOver())
        .containsExactly(
            new PassedOver(1, "1.jpg", "1.jpg is broken; save it again"),
            new PassedOver(2, "2.jpg", "2.jpg is broken; save it again"),
            new PassedOver(7, "7.jpg", "7.jpg is broken; save it again"));
  }

  @Test
  void readsEachImageOnce() {
    Files files = new Files(50);
    for (Batch batch : batches(files, 8)) {
      for (int i = 0; i < batch.count(); i++) {
        assertThat(value(batch, i)).isEqualTo(batch.first() + i);
      }
    }
    assertThat(files.asked).hasValue(50);
  }

  @Test
  void countsThePassedOverAsDone() {
    Files files = new Files(4, 3);
    Batches batches = Batches.ofSize(files, Parts.all(4), 2);
    batches.next();
    assertThat(batches.done()).isEqualTo(2);
    batches.next();
    assertThat(batches.hasNext()).isFalse();
    assertThat(batches.done()).isEqualTo(4);
  }

  @Test
  void failsWhereNothingCanBeRead() {
    assertThatThrownBy(() -> batches(new Files(2, 0, 1), 4))
        .isInstanceOf(UserException.class)
        .hasMessage("none of 2 images can be read: 0.jpg is broken; save it again");
  }

  @Test
  void givesUpOnOneThatIsNeverRead() {
    Files files = new Files(20);
    files.hanging = 3;
    ReadAhead ahead = new ReadAhead(files, Parts.all(20), 2, 1);
    List<Integer> read = new ArrayList<>();
    for (Batch.Read one = ahead.next(); one != null; one = ahead.next()) {
      read.add(one.index());
    }
    files.never.countDown();
    assertThat(read).hasSize(19).doesNotContain(3).isSorted();
    assertThat(files.passedOver())
        .extracting(PassedOver::index, PassedOver::reason)
        .containsExactly(tuple(3, "3.jpg was not read within 1 second"));
  }
}
