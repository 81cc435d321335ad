package io.fmviz.serve;

import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import java.util.Map;
import java.util.Set;

/** A session each of whose batches has limits. */
record WatchedSession(Session session, Watch watch) implements Session {
  @Override
  public Network network() {
    return session.network();
  }

  @Override
  public String device() {
    return session.device();
  }

  @Override
  public void takeOver(int threads) {
    session.takeOver(threads);
  }

  @Override
  public float[] run(
      Batch batch, Map<Node, Set<Integer>> off, Set<Node> chosen, Listener listener) {
    return watch.over(
        () -> session.run(batch, off, chosen, listener),
        watch.limits().times(batch.size()),
        session::stop);
  }

  @Override
  public ResumableBatch resumable(Batch batch, Set<Node> chosen) {
    return session.resumable(batch, chosen);
  }

  @Override
  public void stop() {
    session.stop();
  }

  @Override
  public void releaseMemory() {
    session.releaseMemory();
  }

  @Override
  public void rest() {
    session.rest();
  }

  @Override
  public void close() {
    session.close();
  }
}
