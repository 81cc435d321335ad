package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  @Test
  void handsOnWhatTheWorkEndedWith() {
    assertThat(Threads.result(CompletableFuture.completedFuture(7))).isEqualTo(7);
    UserException told = new UserException("the disk is full");
    assertThatThrownBy(() -> Threads.result(CompletableFuture.failedFuture(told))).isSameAs(told);
    Error error = new OutOfMemoryError("heap");
    assertThatThrownBy(() -> Threads.result(CompletableFuture.failedFuture(error))).isSameAs(error);
    IOException checked = new IOException("disk");
    assertThatThrownBy(() -> Threads.result(CompletableFuture.failedFuture(checked)))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(checked);
  }

  @Test
  void endsOnlyAfterTheWorkThatHasBegun() throws InterruptedException {
    ExecutorService one = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    Future<?> first =
        one.submit(
            () -> {
              begun.countDown();
              for (long until = System.nanoTime() + 50_000_000; System.nanoTime() < until; ) {
                Thread.onSpinWait();
              }
            });
    Future<?> second = one.submit(() -> {});
    begun.await();
    Threads.end(one);
    assertThat(first.isDone()).isTrue();
    assertThat(second.isDone()).isFalse();
  }
}
