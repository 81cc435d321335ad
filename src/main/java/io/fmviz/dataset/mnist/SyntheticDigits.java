package io.fmviz.dataset.mnist;

import io.fmviz.dataset.Dataset;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.mnist.DigitStrokes.Stroke;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Digits drawn by the program: every image is the strokes of its digit with slant, turn, scale,
 * position, line width and wobble of its own. 12,000 images to learn from and 2,000 to test with,
 * each digit equally often, the same for the same seed on every machine.
 */
public final class SyntheticDigits implements Dataset {
  /** The seed of the digits that {@code --dataset synthetic} means. */
  public static final long DEFAULT_SEED = 0;

  private static final int SIDE = 28;
  private static final int TRAIN_COUNT = 12_000;
  private static final int TEST_COUNT = 2_000;

  /** The box of the strokes, in pixels, as MNIST fits its digits into 20 x 20 of the 28 x 28. */
  private static final double BOX_WIDTH = 19;

  private static final double BOX_HEIGHT = 23;

  private final long seed;

  public SyntheticDigits(long seed) {
    this.seed = seed;
  }

  @Override
  public String name() {
    return "synthetic";
  }

  @Override
  public LabeledImages load(Split split) {
    int count = split == Split.TRAIN ? TRAIN_COUNT : TEST_COUNT;
    byte[] labels = shuffledLabels(count, new Random(mix(seed, split, -1)));
    byte[] pixels = new byte[count * SIDE * SIDE];
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> drawDigit(pixels, i, labels[i], new Random(mix(seed, split, i))));
    return LabeledImages.ofTen(pixels, labels, SIDE, SIDE);
  }

  private static byte[] shuffledLabels(int count, Random random) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % CLASSES);
    }
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      byte swapped = labels[i];
      labels[i] = labels[j];
      labels[j] = swapped;
    }
    return labels;
  }

  private static void drawDigit(byte[] pixels, int index, int digit, Random random) {
    double slant = between(random, -0.12, 0.12);
    double turn = between(random, -0.08, 0.08);
    double scaleX = between(random, 0.9, 1.05) * BOX_WIDTH;
    double scaleY = between(random, 0.9, 1.05) * BOX_HEIGHT;
    double centreX = SIDE / 2.0 + between(random, -1, 1);
    double centreY = SIDE / 2.0 + between(random, -1, 1);
    double width = between(random, 2.8, 3.6);
    double wobble = 0.02;
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    Pen pen = new Pen(pixels, index * SIDE * SIDE, SIDE, width);
    for (Stroke stroke : DigitStrokes.of(digit)) {
      double[][] moved = new double[stroke.points().length][];
      for (int i = 0; i < moved.length; i++) {
        double[] point = stroke.points()[i];
        double y = (point[1] - 0.5 + between(random, -wobble, wobble)) * scaleY;
        double x = (point[0] - 0.5 + between(random, -wobble, wobble)) * scaleX - slant * y;
        moved[i] = new double[] {centreX + cos * x - sin * y, centreY + sin * x + cos * y};
      }
      pen.draw(new Stroke(stroke.smooth(), moved));
    }
  }

  private static double between(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** One seed from three numbers; the finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long seed, Split split, int index) {
    long part = split == Split.TRAIN ? 0 : 1L << 32;
    long z = seed * 0x9e3779b97f4a7c15L + part + index + 1;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
