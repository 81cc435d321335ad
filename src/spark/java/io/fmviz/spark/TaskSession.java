package io.fmviz.spark;

import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * A session that reads images on as many threads as Spark gives a task.
 *
 * @param readers how many
 */
record TaskSession(Session session, int readers) implements Session {
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
  public float[] run(Batch batch, Set<Node> chosen, Listener listener) {
    return session.run(batch, chosen, listener);
  }

  @Override
  public float[] run(
      Batch batch, Map<Node, Set<Integer>> off, Set<Node> chosen, Listener listener) {
    return session.run(batch, off, chosen, listener);
  }

  @Override
  public Future<float[]> answer(Batch batch) {
    return session.answer(batch);
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
  public void close() {
    session.close();
  }
}
