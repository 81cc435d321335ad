package io.fmviz.network.onnx;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.photo.DeclaredInput;
import io.fmviz.dataset.photo.Layout;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.Size;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.NetworkKind.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds a size of pictures that a network can take, where it says that it takes any and can't: a
 * U-Net halves sides several times and puts what it had beside what it gets.
 */
final class FittingSize {
  private static final int[] MULTIPLES = {2, 4, 8, 16, 32, 64, 128};

  /** What networks are trained on whose last layer takes one size only. */
  private static final int[] USUAL = {224, 256, 299, 320, 384, 416, 448, 512, 640};

  /** A line of text: what PaddleOCR's recognisers take, and CRNNs. */
  private static final List<Size> LINES = List.of(new Size(48, 320), new Size(32, 100));

  private final OnnxModel model;
  private final Reading reading;
  private final AnswerChoice answer;

  FittingSize(OnnxModel model, Reading reading, AnswerChoice answer) {
    this.model = model;
    this.reading = reading;
    this.answer = answer;
  }

  /**
   * The network for pictures of a size that fits, where nobody said one.
   *
   * @param reason for which the size was refused
   * @throws UserException that says which size fits, or the reason where none does
   */
  OnnxNetwork found(Preprocessing refused, UserException reason) {
    long[] sides = model.input().sides();
    boolean isLast = refused.layout() == Layout.NHWC;
    boolean isFixed = sides[isLast ? 1 : 2] > 0 && sides[isLast ? 2 : 3] > 0;
    if (isFixed) {
      throw reason;
    }
    for (Map.Entry<Size, Integer> size : sizes(refused).entrySet()) {
      OnnxNetwork network = network(refused, size.getKey());
      if (network != null) {
        if (refused.isSizeGuessed()) {
          return network;
        }
        throw fits(refused, size.getKey(), size.getValue(), reason);
      }
    }
    throw reason;
  }

  private UserException fits(Preprocessing refused, Size size, int multiple, UserException reason) {
    return new UserException(
        "%s can't take pictures of %s; of %s it can%s"
            .formatted(
                model.location(),
                refused.form().size(),
                size,
                multiple == 0 ? "" : ": sides must be multiples of %d".formatted(multiple)),
        Settings.named("give {inputSize} %dx%d, or auto").formatted(size.height(), size.width()),
        reason);
  }

  /** Sizes, and of which number their sides are multiples; 0 for those that are just usual. */
  private static Map<Size, Integer> sizes(Preprocessing refused) {
    Map<Size, Integer> sizes = new LinkedHashMap<>();
    for (int multiple : MULTIPLES) {
      sizes.putIfAbsent(
          new Size(up(refused.height(), multiple), up(refused.width(), multiple)), multiple);
    }
    for (int side : USUAL) {
      sizes.putIfAbsent(new Size(side, side), 0);
    }
    LINES.forEach(size -> sizes.putIfAbsent(size, 0));
    sizes.remove(refused.form().size());
    return sizes;
  }

  private static int up(int side, int multiple) {
    return (side + multiple - 1) / multiple * multiple;
  }

  /** Null where it can't take that size either, or only others say what it gets. */
  private OnnxNetwork network(Preprocessing refused, Size size) {
    DeclaredInput declared = model.input();
    long[] sides = declared.sides().clone();
    int first = refused.layout() == Layout.NHWC ? 1 : 2;
    long[] wanted = {size.height(), size.width()};
    for (int i = 0; i < wanted.length; i++) {
      if (sides[first + i] > 0 && sides[first + i] != wanted[i]) {
        return null;
      }
      sides[first + i] = wanted[i];
    }
    try {
      if (!refused.isSizeGuessed()) {
        return model.network(refused.ofSize(size), answer);
      }
      DeclaredInput fixed = new DeclaredInput(sides, declared.values());
      Preprocessing other = reading.of(fixed, model.file(), model.metadata());
      return other.form().size().equals(size) ? model.network(other.ofGuessedSize(), answer) : null;
    } catch (UserException e) {
      return null;
    }
  }
}
