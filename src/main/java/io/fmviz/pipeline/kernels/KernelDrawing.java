package io.fmviz.pipeline.kernels;

import io.fmviz.analysis.KernelReduction;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.dataset.photo.ChannelOrder;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.image.MapsPicture;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Kernel;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.io.IOException;
import java.io.OutputStream;

/** Draws the kernels of a network's convolutions, and knows what of each is drawn. */
final class KernelDrawing {
  private static final int DEFAULT_NROW = 8;

  /** Rows of more kernels are broken; a sheet's width stays within what GridOptions takes. */
  private static final int MAX_NROW = 4096;

  /** Tiles of a picture that somebody looks at. */
  static final int MOST_PAIRS = 1 << 13;

  private static final int COLORS = 3;
  private static final String TITLE = "rows: output channels, columns: input channels, from 0";

  private final KernelsRequest request;
  private final PictureOptions pictures;
  private final Network network;
  private final Node first;

  KernelDrawing(KernelsRequest request, Network network) {
    this.request = request;
    this.pictures = request.drawing();
    this.network = network;
    this.first = network.nodes().stream().filter(network::hasKernel).findFirst().orElse(null);
  }

  /**
   * What of a convolution is drawn; one of each row where there are too many, unless all of the
   * network is to be seen.
   *
   * @param shape of its weight
   */
  KernelView view(Node node, int[] shape) {
    boolean isColored = shape[1] == COLORS;
    if (request.view() == KernelView.RGB && !isColored) {
      throw new InvalidValueException(
          "reduce",
          Settings.named(
                  "rgb takes convolutions of three input channels; %s has %,d: choose others with {layers}")
              .formatted(node.name(), shape[1]));
    }
    if (request.view() != null) {
      return request.view();
    }
    if (isColored && node == first && request.pictures().colormap() == null) {
      return KernelView.RGB;
    }
    boolean tooMany = !network.defaults().whole() && (long) shape[0] * shape[1] > MOST_PAIRS;
    return tooMany ? KernelView.MAX_ABS : KernelView.NONE;
  }

  /** What is shown of a weight, {@code (out, in, height, width)} or {@code (out, 1, ...)}. */
  static Kernel reduced(Kernel kernel, KernelReduction reduction) {
    if (reduction == null) {
      return kernel;
    }
    int[] shape = kernel.shape();
    return new Kernel(
        new int[] {shape[0], 1, shape[2], shape[3]},
        reduction.apply(kernel.values(), shape[0], shape[1], shape[2] * shape[3]));
  }

  /** Refuses a picture that would have too many pixels. */
  void checkSize(Node node, int[] shape) {
    KernelView view = view(node, shape);
    int inputs = view == KernelView.NONE ? shape[1] : 1;
    if (inputs > 1 && pictures.label()) {
      MapsPicture.checkMatrix(shape[0], inputs, shape[2], shape[3], pictures, TITLE);
    } else {
      MapsPicture.check(shape[0] * inputs, shape[2], shape[3], options(inputs), null);
    }
  }

  /** Draws what {@link #reduced} left of a weight. */
  void draw(Kernel kernel, KernelView view, PngWriter png, OutputStream stream) throws IOException {
    int[] shape = kernel.shape();
    float[] values = kernel.values();
    if (view == KernelView.RGB) {
      png.write(
          MapsPicture.colored(values, shape[0], shape[2], shape[3], options(1), isBgr()), stream);
    } else if (shape[1] > 1 && pictures.label()) {
      png.write(
          MapsPicture.matrix(values, shape[0], shape[1], shape[2], shape[3], pictures, TITLE),
          stream);
    } else {
      MapsPicture.write(
          values, shape[0] * shape[1], shape[2], shape[3], options(shape[1]), null, png, stream);
    }
  }

  private boolean isBgr() {
    Preprocessing reading = network.input().reading();
    return reading != null && reading.numbers().order() == ChannelOrder.BGR;
  }

  private PictureOptions options(int inputs) {
    int row = inputs > 1 ? Math.min(inputs, MAX_NROW) : DEFAULT_NROW;
    Integer asked = request.pictures().nrow();
    return pictures.withNrow(asked == null ? row : asked);
  }
}
