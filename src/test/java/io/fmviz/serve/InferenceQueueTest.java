package io.fmviz.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class InferenceQueueTest {
  private final ExecutorService askers = Executors.newCachedThreadPool();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void stop() {
    release.countDown();
    askers.shutdownNow();
  }

  private InferenceQueue work(int seconds) {
    return new InferenceQueue(new Watch(new BoundedTask.Limits(seconds, Long.MAX_VALUE)), () -> {});
  }

  private String wait(String result) throws InterruptedException {
    begun.countDown();
    release.await();
    return result;
  }

  @Test
  void aNewerRequestOfAPageTakesTheOldersPlace() throws Exception {
    try (InferenceQueue work = work(20)) {
      Future<String> older =
          askers.submit(() -> work.result("answer a", Client.PATIENT, () -> wait("older")));
      begun.await();
      Future<String> newer =
          askers.submit(() -> work.result("answer a", Client.PATIENT, () -> "newer"));
      assertThatThrownBy(older::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("a newer request took the place of this one");
      Future<String> other =
          askers.submit(() -> work.result("answer b", Client.PATIENT, () -> "other"));
      release.countDown();
      assertThat(newer.get()).isEqualTo("newer");
      assertThat(other.get()).isEqualTo("other");
    }
  }

  /** Once, and only after somebody has asked for something. */
  @Test
  void whenNobodyAsksItRests() throws Exception {
    try (InferenceQueue work = work(20)) {
      Semaphore rests = new Semaphore(0);
      work.restAfter(0, rests::release);
      assertThat(rests.tryAcquire(2, TimeUnit.SECONDS)).isFalse();
      assertThat(work.<String>result("answer a", Client.PATIENT, () -> "answer"))
          .isEqualTo("answer");
      rests.acquire();
      assertThat(rests.tryAcquire(2, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void whatTakesTooLongIsGivenUp() throws Exception {
    InferenceQueue work = work(1);
    assertThatThrownBy(() -> work.result("answer a", Client.PATIENT, () -> wait("never")))
        .isInstanceOf(Refusal.class)
        .hasMessage("this takes longer than 1 second");
    release.countDown();
    assertThat(work.result("answer a", Client.PATIENT, () -> "next")).isEqualTo("next");
    work.close();
  }

  @Test
  void moreThanAreServedAreRefused() throws Exception {
    try (InferenceQueue work = work(20)) {
      List<Future<String>> asked = new ArrayList<>();
      asked.add(askers.submit(() -> work.result("answer 0", Client.PATIENT, () -> wait("first"))));
      begun.await();
      for (int i = 1; i <= 40; i++) {
        String who = "answer " + i;
        asked.add(askers.submit(() -> work.result(who, Client.PATIENT, () -> "done")));
      }
      int refused = 0;
      for (Future<String> each : asked) {
        release(asked);
        try {
          each.get();
        } catch (ExecutionException e) {
          assertThat(e).hasRootCauseMessage("too many requests are waiting");
          refused++;
        }
      }
      assertThat(refused).isEqualTo(8);
    }
  }

  /** Once all that can be refused were. */
  private void release(List<Future<String>> asked) throws InterruptedException {
    while (asked.stream().filter(Future::isDone).count() < 8) {
      Thread.sleep(1);
    }
    release.countDown();
  }
}
