package io.fmviz.probe;

import java.util.List;

/** Statistics side by side, as of several layers: each is merged with its counterpart. */
public record Each<S extends Statistic<S>>(List<S> parts) implements Statistic<Each<S>> {
  public Each {
    parts = List.copyOf(parts);
  }

  @Override
  public void merge(Each<S> other) {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).merge(other.parts.get(i));
    }
  }
}
