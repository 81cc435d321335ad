package io.fmviz.probe;

import java.util.List;

/** Statistics side by side, as of several layers: each is merged with its counterpart. */
public record StatisticList<S extends Statistic<S>>(List<S> parts)
    implements Statistic<StatisticList<S>> {
  public StatisticList {
    parts = List.copyOf(parts);
  }

  @Override
  public void merge(StatisticList<S> other) {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).merge(other.parts.get(i));
    }
  }
}
