package io.fmviz.library;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Gradients;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.Target;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The gradient of a value that an ONNX network makes, by its input:
 *
 * <pre>{@code
 * try (Gradient gradient = Gradient.of(network, "boxes[0,4,:]")) {
 *   Gradient.Floats byPixels = gradient.at(images);
 * }
 * }</pre>
 *
 * <p>What is wrong with a target, or in the way of its gradient, is a {@link UserException}. One
 * thread uses it at a time.
 */
public final class Gradient implements AutoCloseable {
  private final Network network;
  private final Target target;
  private final Gradients gradients;

  /**
   * Numbers.
   *
   * @param values row by row
   */
  public record Floats(long[] shape, float[] values) {}

  private Gradient(Network network, Target target) {
    this.network = network;
    this.target = target;
    this.gradients =
        network.gradients(
            new Gradients.Request(target, Set.of(), true, Gradients.Rectifier.GRADIENT),
            Compute.onCpu(Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Makes the backward pass of a network, which stays open.
   *
   * @param target a class's number, from 0, or an output with NumPy's indices, the batch of one
   *     image first; of several values the largest counts
   */
  public static Gradient of(Network network, String target) {
    return plainly(
        () ->
            new Gradient(
                network,
                target.matches("\\d{1,9}")
                    ? Target.ofClass(Integer.parseInt(target))
                    : Target.of(target, false)));
  }

  /**
   * The gradients for images, each one's of the target for it alone.
   *
   * @param images {@code (image, channel, height, width)} as the network takes them, row by row
   * @return in that shape
   */
  public Floats at(float[] images) {
    return plainly(
        () -> {
          InputForm form = network.input();
          FloatImages all = new FloatImages(images, form.channels(), form.height(), form.width());
          float[] values = new float[images.length];
          int size = images.length / Math.max(1, all.count());
          for (int i = 0; i < all.count(); i++) {
            try (Gradients.Forward forward =
                gradients.forward(Batch.of(all, new int[] {i}, 0, 1))) {
              System.arraycopy(forward.by(target).input(), 0, values, i * size, size);
            }
          }
          long[] shape = {all.count(), form.channels(), form.height(), form.width()};
          return new Floats(shape, values);
        });
  }

  /** What is to be said of these gradients, a sentence each, for people. */
  public List<String> notes() {
    return gradients.notes();
  }

  private static <T> T plainly(Supplier<T> work) {
    try {
      return work.get();
    } catch (UserException | IllegalArgumentException e) {
      throw new UserException(Settings.bare(String.valueOf(e.getMessage())), e);
    }
  }

  @Override
  public void close() {
    gradients.close();
  }
}
