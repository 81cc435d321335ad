package io.fmviz.analysis;

import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Session;
import io.fmviz.probe.Aggregation;
import io.fmviz.probe.Probe;
import io.fmviz.probe.Statistic;
import java.util.List;

/**
 * How a network does on images, in one pass.
 *
 * @param most how many images may go through the network at once
 * @param bounded whether less go where they are large
 * @param keepsLogits whether the logits are kept too
 */
public record EvaluationAggregation(int most, boolean bounded, boolean keepsLogits)
    implements Aggregation<EvaluationAggregation.Result> {
  /**
   * What one pass finds.
   *
   * @param logits none unless they are kept
   */
  public record Result(Evaluation evaluation, LogitRows logits) implements Statistic<Result> {
    @Override
    public void merge(Result other) {
      evaluation.merge(other.evaluation);
      logits.merge(other.logits);
    }
  }

  @Override
  public Result run(Session session, Images images, int[] order, Probe.Ticker ticker) {
    Evaluation evaluation = new Evaluation(session.network().classes(), session.network().scores());
    LogitRows rows = new LogitRows();
    new Probe(session, images, List.of(), most, bounded)
        .run(
            order,
            new Probe.Consumer() {
              @Override
              public void logits(Batch batch, float[] logits) {
                evaluation.logits(batch, logits);
                if (keepsLogits) {
                  rows.add(batch, logits);
                }
              }
            },
            ticker);
    return new Result(evaluation, rows);
  }
}
