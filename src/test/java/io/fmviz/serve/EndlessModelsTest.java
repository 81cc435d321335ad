package io.fmviz.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.PictureReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Networks that never end for pictures that aren't black: the next picture gets its answer. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EndlessModelsTest {
  private static final int SIDE = 8;

  /** What asks a network, with limits. */
  private static final class Page implements AutoCloseable {
    private final Network network;
    private final Session session;
    private final ServedLayers layers;
    private final SentPictures pictures;
    private final Watch watch;
    private final InferenceQueue work;
    private final ForwardPasses passes;

    Page(String name, BoundedTask.Limits limits) {
      network =
          NetworkRequest.ofModel(Path.of("src", "test", "resources", "onnx", name + ".onnx"))
              .open();
      session = network.start(Compute.onCpu(1));
      layers = new ServedLayers(network);
      pictures = new SentPictures(new PictureReader(network.input().reading()));
      watch = new Watch(limits);
      work = new InferenceQueue(watch, session::stop);
      passes = new ForwardPasses(session, layers);
    }

    float[] answer(int gray, Client asker) {
      byte[] bytes = new byte[SIDE * SIDE];
      Arrays.fill(bytes, (byte) gray);
      return work.result(
          "answer a",
          asker,
          () ->
              passes
                  .of(pictures.drawn(bytes, SIDE, SIDE), ServedLayers.Off.NONE, Set.of())
                  .logits());
    }

    @Override
    public void close() {
      work.close();
      session.close();
      watch.close();
    }
  }

  @Test
  void whatNeverEndsIsEnded() {
    try (Page page = new Page("endless", new BoundedTask.Limits(1, Long.MAX_VALUE))) {
      float[] black = page.answer(0, Client.PATIENT);
      assertThat(black).hasSize(3);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> page.answer(255, Client.PATIENT))
            .isInstanceOf(Refusal.class)
            .hasMessage("this takes longer than 1 second");
        assertThat(page.answer(0, Client.PATIENT)).isEqualTo(black);
      }
    }
  }

  /** Where the system tells what a process holds. */
  @Test
  void whatTakesAllMemoryIsEndedAndGivesItBack() {
    assumeTrue(Memory.used() > 0);
    try (Page page = new Page("grows", new BoundedTask.Limits(50, 300_000_000))) {
      float[] black = page.answer(0, Client.PATIENT);
      long before = Memory.used();
      assertThatThrownBy(() -> page.answer(255, Client.PATIENT))
          .isInstanceOf(Refusal.class)
          .hasMessage("this takes more than 300 MB of memory");
      assertThat(page.answer(0, Client.PATIENT)).isEqualTo(black);
      assertThat(Memory.used() - before).isLessThan(300_000_000);
    }
  }

  @Test
  void whatNobodyWaitsForIsEnded() {
    try (Page page = new Page("endless", new BoundedTask.Limits(50, Long.MAX_VALUE))) {
      float[] black = page.answer(0, Client.PATIENT);
      assertThatThrownBy(() -> page.answer(255, () -> true))
          .isInstanceOf(Refusal.class)
          .hasMessage("nobody waits for this any more");
      assertThat(page.answer(0, Client.PATIENT)).isEqualTo(black);
    }
  }

  @Test
  void whoseRequestWasReplacedIsEndedInTimeToo() throws Exception {
    try (Page page = new Page("endless", new BoundedTask.Limits(2, Long.MAX_VALUE))) {
      float[] black = page.answer(0, Client.PATIENT);
      AtomicBoolean isAsked = new AtomicBoolean();
      CompletableFuture<Object> older =
          CompletableFuture.supplyAsync(
              () -> {
                isAsked.set(true);
                return page.answer(255, Client.PATIENT);
              });
      while (!isAsked.get() || !page.work.isBusy()) {
        Thread.onSpinWait();
      }
      try {
        page.answer(0, Client.PATIENT);
      } catch (Refusal e) {
        // It waited for the older one's end, and may be late itself; the next one isn't.
      }
      assertThat(page.answer(0, Client.PATIENT)).isEqualTo(black);
      assertThatThrownBy(older::get)
          .hasRootCauseMessage("a newer request took the place of this one");
    }
  }

  @Test
  void theSearchForImagesHasLimitsToo() {
    try (Page page = new Page("endless", new BoundedTask.Limits(1, Long.MAX_VALUE))) {
      Session watched = new WatchedSession(page.session, page.watch);
      byte[] white = new byte[SIDE * SIDE];
      Arrays.fill(white, (byte) 255);
      SentPictures.Sent picture = page.pictures.drawn(white, SIDE, SIDE);
      assertThatThrownBy(
              () -> watched.run(ForwardPasses.batch(picture), Set.of(), (node, values) -> {}))
          .isInstanceOf(Refusal.class)
          .hasMessage("this takes longer than 1 second");
    }
  }
}
