package io.fmviz.network;

import java.io.Serializable;

/**
 * When a channel of a node's output is dead: when what comes behind can learn nothing from it.
 *
 * @param exact whether it is dead where all its values are exactly zero, as those of a ReLU or a
 *     HardSwish; else where none is above the threshold, as before an activation that cuts off
 *     there and is the only one to read it
 * @param threshold 0 before a ReLU, -3 before a HardSwish
 */
public record DeadRule(boolean exact, float threshold) implements Serializable {
  /** Of an activation that makes exact zeros. */
  public static final DeadRule ZERO = new DeadRule(true, 0);

  /** Of what is read by an activation alone that makes zeros of all up to a threshold. */
  public static DeadRule upTo(float threshold) {
    return new DeadRule(false, threshold);
  }

  /** Whether a channel of which all values are between these is dead. */
  public boolean isDead(double minimum, double maximum) {
    return exact ? minimum == 0 && maximum == 0 : maximum <= threshold;
  }
}
