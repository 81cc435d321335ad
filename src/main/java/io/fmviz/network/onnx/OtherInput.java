package io.fmviz.network.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Numbers;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.photo.DeclaredInput;
import io.fmviz.network.InputForm;
import io.fmviz.network.onnx.file.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An input of a model that takes no pictures: a picture's size, perhaps, or a switch. */
record OtherInput(Path file, ValueInfoProto declared) {
  /** Numbers that describe a picture are few. */
  private static final int MOST_GUESSED = 16;

  private static final int MOST_VALUES = 1 << 26;

  /** PaddleDetection's, and those of YOLO's and DETR's exporters. */
  private static final Set<String> HEIGHT_AND_WIDTH =
      Set.of("im_shape", "image_shape", "img_shape", "ori_shape", "target_sizes");

  private static final Set<String> WIDTH_AND_HEIGHT = Set.of("orig_target_sizes");

  private String name() {
    return declared.getName();
  }

  private ElementType type() {
    return ModelInputs.type(declared);
  }

  /**
   * A constant in its place.
   *
   * @param told null for what is to be guessed
   * @param guesses gets what is
   * @throws InvalidValueException if it must be told, or can't be as it was
   * @throws UserException if no numbers can stand there
   */
  TensorProto constant(List<Double> told, InputForm form, Guesses guesses) {
    if (!declared.getType().hasTensorType() || type() == ElementType.OTHER) {
      throw new UserException(
          "%s's input %s takes no numbers: export it without".formatted(file, name()));
    }
    if (told != null) {
      return tensor(told.size() == 1 ? sides(form) : sides(told.size()), told);
    }
    long[] sides = sides(form);
    List<Double> guess = guess(sides, form);
    if (guess == null) {
      throw new InvalidValueException(
          "input",
          "%s=VALUE must be given: %s's input %s is no picture, and has %s"
              .formatted(name(), file, name(), Numbers.count(sides.length, "dimension")));
    }
    guesses.inputs().put(name(), guess);
    guesses
        .notes()
        .add(
            Settings.named("%s is %s for all pictures, a guess: give {input} %s=VALUE for another")
                .formatted("the network's input " + name(), text(guess), name()));
    return tensor(sides, guess);
  }

  private static String text(List<Double> values) {
    List<String> numbers = values.stream().distinct().map(OtherInput::text).toList();
    return numbers.size() == 1
        ? numbers.get(0)
        : String.join(",", values.stream().map(OtherInput::text).toList());
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) <= Long.MAX_VALUE
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private List<Double> guess(long[] sides, InputForm form) {
    String plain = name().toLowerCase(Locale.ROOT);
    int count = count(sides);
    if (HEIGHT_AND_WIDTH.contains(plain) && count == 2) {
      return List.of((double) form.height(), (double) form.width());
    }
    if (WIDTH_AND_HEIGHT.contains(plain) && count == 2) {
      return List.of((double) form.width(), (double) form.height());
    }
    boolean isSwitch = type() == ElementType.BOOL || plain.matches(".*(train|phase|dropout).*");
    if (isSwitch && count == 1) {
      return List.of(0.0);
    }
    boolean isMask = plain.contains("mask") && sides.length <= 3;
    return isMask || describesAPicture(sides, count) ? List.of(1.0) : null;
  }

  /** One number, or a row of a few; what has more sides, or rows, is a kernel or a norm's scale. */
  private static boolean describesAPicture(long[] sides, int count) {
    boolean isRow = sides.length == 2 && sides[0] == 1;
    return sides.length <= 2 && (count == 1 || (isRow && count <= MOST_GUESSED));
  }

  /** The declared sides; of a mask the picture's, where they are any. */
  private long[] sides(InputForm form) {
    long[] sides = ModelInputs.sides(declared);
    boolean isMask = name().toLowerCase(Locale.ROOT).contains("mask") && sides.length == 3;
    for (int i = 0; i < sides.length; i++) {
      long any = isMask && i > 0 ? (i == 1 ? form.height() : form.width()) : 1;
      sides[i] = sides[i] > 0 ? sides[i] : any;
    }
    return sides;
  }

  /** The declared sides, those of any length so that so many values fit. */
  private long[] sides(int count) {
    long[] sides = ModelInputs.sides(declared);
    if (!declared.getType().getTensorType().hasShape()) {
      return count == 1 ? sides : new long[] {count};
    }
    long known = 1;
    int open = -1;
    for (int i = 0; i < sides.length; i++) {
      open = sides[i] < 0 ? i : open;
      known = Math.min(MOST_VALUES, Math.max(1, sides[i])) * Math.min(MOST_VALUES, known);
    }
    String text = OnnxModel.text(sides);
    for (int i = 0; i < sides.length; i++) {
      boolean isLast = i == open && count % known == 0 && count > 1;
      sides[i] = sides[i] > 0 ? sides[i] : isLast ? count / known : 1;
    }
    if (count != 1 && count != count(sides)) {
      throw new InvalidValueException(
          "input",
          "%s has %s: %s takes %s, or one for all"
              .formatted(name(), Numbers.count(count, "value"), file, text));
    }
    return sides;
  }

  private int count(long[] sides) {
    long count = 1;
    for (long side : sides) {
      count = Math.min(MOST_VALUES + 1L, side) * count;
      if (count > MOST_VALUES) {
        throw new UserException(
            "%s's input %s has more than %,d values: export it without"
                .formatted(file, name(), MOST_VALUES));
      }
    }
    return (int) count;
  }

  private TensorProto tensor(long[] sides, List<Double> values) {
    values.forEach(this::check);
    int count = count(sides);
    ByteBuffer bytes = ByteBuffer.allocate(count * type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      type().put(bytes, i * type().bytes(), values.get(values.size() == 1 ? 0 : i));
    }
    return TensorProto.newBuilder()
        .setName(name())
        .setDataType(type().number())
        .addAllDims(Arrays.stream(sides).boxed().toList())
        .setRawData(ByteString.copyFrom(bytes.array()))
        .build();
  }

  private void check(double value) {
    if (!type().takes(value)) {
      throw new InvalidValueException(
          "input",
          "%s takes %s from %s to %s, not %s"
              .formatted(
                  name(),
                  type().isReal() ? "numbers" : "whole numbers",
                  text(type().least()),
                  text(type().most()),
                  text(value)));
    }
  }

  /** What the input that takes pictures says of its values. */
  static DeclaredInput.Values values(ElementType type) {
    return type.isReal()
        ? DeclaredInput.Values.REAL
        : type == ElementType.INT8 ? DeclaredInput.Values.SIGNED_BYTES : DeclaredInput.Values.WHOLE;
  }
}
