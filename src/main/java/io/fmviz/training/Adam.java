package io.fmviz.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kingma and Ba's Adam (arXiv:1412.6980), in the order of computation at the end of their section
 * 2: epsilon is added before the second moment's bias is corrected. {@code torch.optim.Adam} adds
 * it afterwards, which differs where gradients are around 1e-7.
 *
 * <p>The arithmetic is the engine's own, and the numbers are those of DJL's {@code Adam} to the
 * bit; but DJL's keeps its moments to itself, so that training could not be resumed.
 */
final class Adam {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  private static final float NO_WEIGHT_DECAY = 0;
  private static final float NO_RESCALING = 1;
  private static final float NO_CLIPPING = -1;

  private final Map<String, Parameter> parameters;
  private final float learningRate;
  private final Map<String, NDArray> mean = new LinkedHashMap<>();
  private final Map<String, NDArray> variance = new LinkedHashMap<>();
  private int step;

  /** An optimizer that has made no step; its state lives as long as the manager. */
  Adam(NDManager manager, Map<String, Parameter> parameters, float learningRate) {
    this.parameters = parameters;
    this.learningRate = learningRate;
    parameters.forEach(
        (name, parameter) -> {
          mean.put(name, manager.zeros(parameter.getArray().getShape()));
          variance.put(name, manager.zeros(parameter.getArray().getShape()));
        });
  }

  /** Goes on from a state; its arrays have the parameters' sizes. */
  void restore(AdamState state) {
    step = state.step();
    restore(mean, state.mean());
    restore(variance, state.variance());
  }

  /** New arrays in place of the old: setting an array's values makes libtorch warn. */
  private static void restore(Map<String, NDArray> arrays, Map<String, float[]> values) {
    arrays.replaceAll(
        (name, old) -> {
          try (old) {
            return old.getManager().create(values.get(name), old.getShape());
          }
        });
  }

  /** A copy of the state. */
  AdamState state() {
    return new AdamState(step, values(mean), values(variance));
  }

  private static Map<String, float[]> values(Map<String, NDArray> arrays) {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach((name, array) -> values.put(name, array.toFloatArray()));
    return values;
  }

  /** Moves every parameter against its gradient, and sets the gradient to zero. */
  void step() {
    step++;
    double correction1 = 1 - Math.pow(BETA1, step);
    double correction2 = 1 - Math.pow(BETA2, step);
    float corrected = (float) (learningRate * Math.sqrt(correction2) / correction1);
    parameters.forEach((name, parameter) -> update(name, parameter.getArray(), corrected));
  }

  private void update(String name, NDArray weight, float corrected) {
    try (NDArray gradient = weight.getGradient()) {
      weight
          .getNDArrayInternal()
          .adamUpdate(
              new NDList(weight, gradient, mean.get(name), variance.get(name)),
              new NDList(weight),
              learningRate,
              corrected,
              NO_WEIGHT_DECAY,
              NO_RESCALING,
              NO_CLIPPING,
              BETA1,
              BETA2,
              EPSILON,
              true,
              false);
    }
  }
}
