package io.fmviz.network.onnx;

import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.dataset.photo.Size;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind.Reading;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.engine.UnfitSizeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs of all kinds; what goes through them is seen in the values of the last layer. */
class ModelInputsTest {
  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT64 = 7;
  private static final int BOOL = 9;
  private static final int FLOAT16 = 10;

  @TempDir private Path folder;

  private static ValueInfoProto input(String name, int type, long... sides) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type);
    tensor.getShapeBuilder();
    for (long side : sides) {
      if (side < 0) {
        tensor.getShapeBuilder().addDimBuilder();
      } else {
        tensor.getShapeBuilder().addDimBuilder().setDimValue(side);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static ValueInfoProto ofNoRank(String name, int type) {
    ValueInfoProto.Builder input = input(name, type).toBuilder();
    input.getTypeBuilder().getTensorTypeBuilder().clearShape();
    return input.build();
  }

  /** A convolution of 1 x 1 that keeps each channel. */
  private static TensorProto eye(String name, int channels) {
    TensorProto.Builder weight =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(1)
            .addAllDims(List.of((long) channels, (long) channels, 1L, 1L));
    for (int i = 0; i < channels * channels; i++) {
      weight.addFloatData(i % (channels + 1) == 0 ? 1 : 0);
    }
    return weight.build();
  }

  private static NodeProto cast(String output, String input) {
    return with(node("Cast", output, input), "to", FLOAT);
  }

  private Network open(SmallModel model, ReadingChoice choice, ValueInfoProto... inputs)
      throws IOException {
    ModelProto.Builder proto = model.model().toBuilder();
    GraphProto.Builder graph = proto.getGraphBuilder();
    graph.clearInput().addAllInput(Arrays.asList(inputs));
    Path file = folder.resolve("model.onnx");
    Files.write(file, proto.build().toByteArray());
    return new OnnxKind().open(file, "model.onnx", Reading.asChosen(choice), AnswerChoice.ANY);
  }

  private static ReadingChoice told(Map<String, List<Double>> inputs) {
    return new ReadingChoice(null, null, null, null, null, inputs, false);
  }

  /** What the last layer has of one image whose values are 0, 1, 2, ... */
  private static float[] last(Network network) {
    InputForm form = network.input();
    float[] values = new float[(int) form.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    FloatImages images = new FloatImages(values, form.channels(), form.height(), form.width());
    List<Node> nodes = network.nodes();
    List<float[]> found = new ArrayList<>();
    try (Session session = network.start(Compute.onCpu(1))) {
      session.run(
          Batch.of(images, new int[] {0}, 0, 1),
          Set.of(nodes.get(nodes.size() - 1)),
          (node, floats) -> {
            float[] copy = new float[floats.remaining()];
            floats.get(copy);
            found.add(copy);
          });
    }
    return found.get(0);
  }

  private static SmallModel cast() {
    return new SmallModel(cast("f", "x"), node("Conv", "y", "f", "w")).with(eye("w", 3));
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "3, 128", "6, 0", "7, 0"})
  void wholeNumbersAreBytes(int type, float mean) throws IOException {
    Network network = open(cast(), ReadingChoice.NONE, input("x", type, -1, 3, 2, 2));
    assertThat(last(network)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(network.input().reading().numbers().range()).isEqualTo(255);
    assertThat(network.input().reading().numbers().mean()).containsOnly(mean);
  }

  @Test
  void theGraphTellsWhatAnInputOfNoRankLeavesOpen() throws IOException {
    ReadingChoice sized =
        new ReadingChoice(
            new ReadingChoice.Geometry(null, new Size(4, 2), null, null), null, null, null, null);
    Network first = open(cast(), sized, ofNoRank("x", UINT8));
    assertThat(first.input().channels()).isEqualTo(3);
    assertThat(last(first)).startsWith(0, 1, 2).hasSize(24);
    SmallModel turned =
        new SmallModel(
                cast("f", "x"),
                withAll(node("Transpose", "t", "f"), "perm", 0, 3, 1, 2),
                node("Conv", "y", "t", "w"))
            .with(eye("w", 3));
    Network last = open(turned, sized, input("x", FLOAT, -1, -1, -1, -1));
    assertThat(last.input().reading().text()).contains(", NHWC (");
    assertThat(last(last)).startsWith(0, 1, 2).hasSize(24);
    assertThatThrownBy(
            () -> open(new SmallModel(node("Flatten", "y", "x")), sized, ofNoRank("x", FLOAT)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(
                "{layout} must be given, nchw or nhwc: the network's input (N, N, N, N) doesn't say"
                    + " where its channels are"));
  }

  private static SmallModel scaled() {
    return new SmallModel(
            node("Conv", "c", "image", "w"),
            node("ReduceMean", "m", "second"),
            node("Mul", "y", "c", "m"))
        .with(eye("w", 3));
  }

  @Test
  void aFewNumbersAreOnesUnlessTheyAreTold() throws IOException {
    ValueInfoProto[] inputs = {input("second", FLOAT, -1, 2), input("image", FLOAT, -1, 3, 2, 2)};
    Network guessed = open(scaled(), ReadingChoice.NONE, inputs);
    assertThat(last(guessed)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(guessed.warnings())
        .containsExactly(
            Settings.named(
                "the network's input second is 1 for all pictures, a guess: give {input}"
                    + " second=VALUE for another"));
    Network told = open(scaled(), told(Map.of("second", List.of(2.0, 4.0))), inputs);
    assertThat(last(told)).startsWith(0, 3, 6, 9);
    assertThat(told.warnings()).isEmpty();
    assertThat(told.input().reading().facts())
        .containsEntry("inputs", Map.of("second", List.of(2.0, 4.0)))
        .doesNotContainKey("guessedInputs");
    assertThat(last(open(scaled(), told(Map.of("second", List.of(3.0))), inputs)))
        .startsWith(0, 3, 6, 9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "im_shape|10|2,4",
        "orig_target_sizes|7|4,2",
        "image_shape|1|2,4",
        "scale_factor|1|1",
        "is_training|9|0",
        "keras_learning_phase|9|0"
      })
  void namesTellWhatIsGuessed(String name, int type, String values) throws IOException {
    boolean isSwitch = type == BOOL;
    SmallModel model =
        new SmallModel(
                node("Conv", "c", "image", "w"),
                cast("s", name),
                node("ReduceMax", "m", "s"),
                node("Add", "y", "c", "m"))
            .with(eye("w", 3));
    Network network =
        open(
            model,
            ReadingChoice.NONE,
            input("image", FLOAT, 1, 3, 2, 4),
            isSwitch ? input(name, type) : input(name, type, 1, 2));
    assertThat(network.warnings())
        .containsExactly(
            "the network's input %s is %s for all pictures, a guess: give %s %s=VALUE for another"
                .formatted(name, values, Settings.named("{input}"), name));
    float largest = 0;
    for (String value : values.split(",", -1)) {
      largest = Math.max(largest, Float.parseFloat(value));
    }
    assertThat(last(network)[0]).isEqualTo(largest);
    List<Double> guess = Arrays.stream(values.split(",", -1)).map(Double::valueOf).toList();
    assertThat(network.input().reading().facts())
        .containsEntry("inputs", Map.of(name, guess))
        .containsEntry("guessedInputs", Set.of(name));
  }

  @Test
  void aMaskIsOnesInThePicturesSize() throws IOException {
    SmallModel model =
        new SmallModel(
                node("Conv", "c", "image", "w"),
                cast("m", "pixel_mask"),
                node("Mul", "y", "c", "m"))
            .with(eye("w", 3));
    Network network =
        open(
            model,
            ReadingChoice.NONE,
            input("image", FLOAT, 1, 3, 2, 4),
            input("pixel_mask", INT64, -1, -1, -1));
    assertThat(last(network)).startsWith(0, 1, 2, 3).hasSize(24);
    Network told =
        open(
            model,
            told(Map.of("pixel_mask", List.of(2.0))),
            input("image", FLOAT, 1, 3, 2, 4),
            input("pixel_mask", INT64, -1, -1, -1));
    assertThat(last(told)).startsWith(0, 2, 4, 6).hasSize(24);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "||{input} prior=VALUE must be given: FILE's input prior is no picture, and has 4"
            + " dimensions",
        "nope|1|{input} must name one of prior, not nope",
        "image|1|{input} is for what is no picture: image takes the pictures",
        "prior|1,2|{input} prior has 2 values: FILE takes [1, 5, 2, 2], or one for all"
      })
  void saysWhatItNeeds(String name, String values, String message) {
    Map<String, List<Double>> told =
        name == null
            ? Map.of()
            : Map.of(name, Arrays.stream(values.split(",", -1)).map(Double::valueOf).toList());
    SmallModel model =
        new SmallModel(
                node("Conv", "c", "image", "w"),
                node("ReduceMax", "m", "prior"),
                node("Add", "y", "c", "m"))
            .with(eye("w", 3));
    assertThatThrownBy(
            () ->
                open(
                    model,
                    told(told),
                    input("image", FLOAT, 1, 3, 2, 2),
                    input("prior", FLOAT, 1, 5, 2, 2)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(message).replace("FILE", folder.resolve("model.onnx").toString()));
  }

  @Test
  void refusesInputsThatNothingCanStandIn() {
    SmallModel model = new SmallModel(node("Conv", "y", "image", "w")).with(eye("w", 3));
    ValueInfoProto image = input("image", FLOAT, 1, 3, 2, 2);
    assertThatThrownBy(() -> open(model, ReadingChoice.NONE, image, input("text", 8, 1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s's input text takes no numbers: export it without"
                .formatted(folder.resolve("model.onnx")));
    ValueInfoProto huge = input("huge", FLOAT, 1 << 30, 1 << 30, 1 << 30);
    assertThatThrownBy(() -> open(model, told(Map.of("huge", List.of(1.0))), image, huge))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("'s input huge has more than 67,108,864 values: export it without");
  }

  /** Halves its picture twice, and puts what it had beside what it gets. */
  private static SmallModel net() {
    NodeProto down =
        withAll(withAll(node("MaxPool", "d", "x"), "kernel_shape", 4, 4), "strides", 4, 4);
    NodeProto up = withAll(node("ConvTranspose", "u", "d", "w"), "strides", 4, 4);
    TensorProto.Builder weight =
        TensorProto.newBuilder().setName("w").setDataType(1).addAllDims(List.of(3L, 1L, 4L, 4L));
    for (int i = 0; i < 48; i++) {
      weight.addFloatData(1);
    }
    return new SmallModel(down, up, with(node("Concat", "y", "x", "u"), "axis", 1))
        .with(weight.build());
  }

  private static ReadingChoice size(int height, int width) {
    return new ReadingChoice(
        new ReadingChoice.Geometry(null, new Size(height, width), null, null),
        null,
        null,
        null,
        null);
  }

  @Test
  void saysWhichSizeFits() throws IOException {
    ValueInfoProto any = input("x", FLOAT, -1, 3, -1, -1);
    assertThatThrownBy(() -> open(net(), size(10, 13), any))
        .isInstanceOf(UserException.class)
        .hasMessage(
            Settings.named(
                "model.onnx can't take pictures of 10 x 13; of 12 x 16 it can: sides must be"
                    + " multiples of 4; give {inputSize} 12x16, or auto"));
    assertThat(open(net(), size(12, 16), any).input().height()).isEqualTo(12);
    ValueInfoProto wide = input("x", FLOAT, -1, 3, 8, -1);
    assertThatThrownBy(() -> open(net(), size(8, 13), wide))
        .hasMessageContaining("of 8 x 16 it can");
    assertThatThrownBy(() -> open(net(), ReadingChoice.NONE, input("x", FLOAT, -1, 3, 10, 13)))
        .hasMessageStartingWith("ONNX Runtime can't run ");
  }

  /** What fails at every size isn't tried at others. */
  @Test
  void looksForASizeOnlyWhereSizesDontFit() throws IOException {
    SmallModel unknown =
        new SmallModel(node("Conv", "c", "x", "w"), node("NoSuchOperator", "y", "c"));
    assertThatThrownBy(
            () -> open(unknown.with(eye("w", 3)), size(8, 8), input("x", FLOAT, -1, 3, -1, -1)))
        .isInstanceOf(UserException.class)
        .isNotInstanceOf(UnfitSizeException.class)
        .hasMessageEndingWith("; export it with ONNX's own operators alone");
  }

  /** What has one size at its end is found among those that are usual. */
  @Test
  void choosesASizeThatFits() throws IOException {
    TensorProto.Builder weight =
        TensorProto.newBuilder().setName("w").setDataType(1).addAllDims(List.of(2L, 3L * 32 * 32));
    for (int i = 0; i < 6 * 32 * 32; i++) {
      weight.addFloatData(1);
    }
    SmallModel model =
        new SmallModel(
                withAll(withAll(node("MaxPool", "d", "x"), "kernel_shape", 8, 8), "strides", 8, 8),
                node("Flatten", "f", "d"),
                with(node("Gemm", "y", "f", "w"), "transB", 1))
            .with(weight.build());
    ValueInfoProto any = input("x", FLOAT, -1, 3, -1, -1);
    Network network = open(model, ReadingChoice.NONE.ofAnySize(), any);
    assertThat(network.input().height()).isEqualTo(256);
    assertThat(network.input().reading().isSizeGuessed()).isTrue();
    assertThat(open(net(), ReadingChoice.NONE.ofAnySize(), any).input().height()).isEqualTo(224);
  }

  @Test
  void aFourthChannelIsSaid() throws IOException {
    Network network =
        open(
            new SmallModel(node("Conv", "y", "x", "w")).with(eye("w", 4)),
            ReadingChoice.NONE,
            input("x", FLOAT, 1, 4, 2, 2));
    assertThat(network.input().channels()).isEqualTo(4);
    assertThat(network.warnings())
        .containsExactly(
            Settings.named(
                "the network takes four channels: the fourth is opaque white in all pictures, a"
                    + " guess; give {fourthChannel} for another value"));
  }

  @Test
  void halvesAreFilledToo() throws IOException {
    SmallModel model =
        new SmallModel(
                node("Conv", "c", "image", "w"), cast("m", "half"), node("Mul", "y", "c", "m"))
            .with(eye("w", 3));
    Network network =
        open(
            model,
            told(Map.of("half", List.of(0.5))),
            input("image", FLOAT, 1, 3, 2, 2),
            input("half", FLOAT16));
    assertThat(last(network)).startsWith(0, 0.5f, 1, 1.5f);
  }

  private Network openTold(int type, double value) throws IOException {
    SmallModel model =
        new SmallModel(node("Conv", "c", "image", "w"), cast("m", "n"), node("Mul", "y", "c", "m"))
            .with(eye("w", 3));
    ReadingChoice told = told(Map.of("n", List.of(value)));
    return open(model, told, input("image", FLOAT, 1, 3, 2, 2), input("n", type));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3.4028235e38",
    "2, 255",
    "3, -128",
    "6, -2147483648",
    "7, 9223372036854775807",
    "9, 1",
    "10, 65504",
    "10, 1.9999",
    "16, -0.5"
  })
  void takesWhatTheTypeHas(int type, double value) throws IOException {
    assertThat(last(openTold(type, value))[1]).isCloseTo((float) value, within(1e-4f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|1e39|numbers from -3.4028235E38 to 3.4028235E38, not 1.0E39",
        "2|300|whole numbers from 0 to 255, not 300",
        "2|-1|whole numbers from 0 to 255, not -1",
        "3|128|whole numbers from -128 to 127, not 128",
        "6|2147483648|whole numbers from -2147483648 to 2147483647, not 2147483648",
        "7|300.7|whole numbers from -9223372036854775808 to 9223372036854775807, not 300.7",
        "7|1e19|whole numbers from -9223372036854775808 to 9223372036854775807, not 1.0E19",
        "9|2|whole numbers from 0 to 1, not 2",
        "10|70000|numbers from -65504 to 65504, not 70000"
      })
  void refusesWhatTheTypeLacks(int type, double value, String range) {
    assertThatThrownBy(() -> openTold(type, value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(Settings.named("{input} n takes " + range));
  }
}
