package io.fmviz.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.Delegates;
import io.fmviz.network.Session;
import org.junit.jupiter.api.Test;

class WatchedSessionTest {
  /** By default these run what is watched. */
  @Test
  void passesOnAllButWhatRuns() {
    assertThat(Delegates.inherited(Session.class, WatchedSession.class))
        .containsExactly("answer(Batch)", "run(Batch, Set, Listener)");
  }
}
