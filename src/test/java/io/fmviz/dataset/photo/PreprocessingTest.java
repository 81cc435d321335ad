package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
  private static final long[] COLOR = {1, 3, 224, 224};

  @TempDir private Path folder;

  private Preprocessing resolve(ReadingChoice choice, long... dimensions) {
    return Preprocessing.resolve(choice, dimensions, folder.resolve("model.onnx"), Map.of());
  }

  private static ReadingChoice fit(Fit fit, Size size, Double cropPct) {
    return new ReadingChoice(
        new ReadingChoice.Geometry(fit, size, cropPct, null), null, null, null, null);
  }

  private static ReadingChoice layout(Layout layout) {
    return new ReadingChoice(null, null, null, layout, null);
  }

  private void write(String name, String json) throws IOException {
    Files.writeString(folder.resolve(name), json);
  }

  @Test
  void guessesWhatTorchvisionDoes() {
    Preprocessing reading = resolve(ReadingChoice.NONE, COLOR);
    assertThat(reading.text())
        .isEqualTo(
            "pictures are read as: crop to 224 x 224 of 256 (crop-pct 0.875), bilinear, RGB, range"
                + " 1, mean imagenet, std imagenet (all: a guess)");
    assertThat(reading.numbers().mean()).containsExactly(0.485f, 0.456f, 0.406f);
    assertThat(reading.facts())
        .containsEntry("fit", "crop")
        .containsEntry("range", 1.0)
        .containsEntry("alpha", "over white")
        .containsEntry("layout", "nchw");
  }

  @Test
  void guessesNothingToBeSubtractedFromOneChannel() {
    assertThat(resolve(ReadingChoice.NONE, -1, 28, 28, 1).text())
        .isEqualTo(
            "pictures are read as: crop to 28 x 28 of 32 (crop-pct 0.875), bilinear, grey, range 1,"
                + " mean none, std none, NHWC (all: a guess)");
  }

  @Test
  void followsThePersonBeforeTheFileBeforeTheGuess() throws IOException {
    write(
        "preprocessor_config.json",
        """
        {"do_normalize": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}\
        """);
    ReadingChoice choice =
        new ReadingChoice(
            null,
            new ReadingChoice.Scaling(null, null, ChannelValues.parse("std", "0.1,0.2,0.3")),
            null,
            null,
            null);
    assertThat(resolve(choice, COLOR).text())
        .isEqualTo(
            "pictures are read as: crop to 224 x 224 of 256 (crop-pct 0.875), bilinear, RGB, range"
                + " 1, mean half, std 0.1,0.2,0.3 (range, mean: preprocessor_config.json; std: as"
                + " told; the rest: a guess)");
  }

  @Test
  void scalesTheFilesNumbersToTheRangeThatAPersonSays() throws IOException {
    write("preprocessor_config.json", "{\"image_mean\": [0.1, 0.2, 0.3], \"image_std\": [0.5]}");
    ReadingChoice choice =
        new ReadingChoice(null, new ReadingChoice.Scaling(255.0, null, null), null, null, null);
    Preprocessing.Numbers numbers = resolve(choice, COLOR).numbers();
    assertThat(numbers.mean()).containsExactly(25.5f, 51f, 76.5f);
    assertThat(numbers.std()).containsExactly(127.5f, 127.5f, 127.5f);
  }

  /** ViT, CLIP, ConvNeXT, and one that keeps bytes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'size': {'height': 224, 'width': 224}, 'do_resize': true, 'resample': 2}|STRETCH|224 x"
            + " 224|BILINEAR|1.0",
        "{'size': {'shortest_edge': 256}, 'crop_size': {'height': 224, 'width': 224},"
            + " 'do_center_crop': true, 'resample': 3, 'rescale_factor': 0.00392156862745098}"
            + "|CROP|256 x 256|BICUBIC|1.0",
        "{'size': 224, 'crop_size': 224, 'do_center_crop': true}|CROP|224 x 224|BILINEAR|1.0",
        "{'size': 224}|STRETCH|224 x 224|BILINEAR|1.0",
        "{'size': {'shortest_edge': 224}, 'crop_pct': 0.875, 'resample': 3}|CROP|256 x"
            + " 256|BICUBIC|1.0",
        "{'size': {'shortest_edge': 384}, 'crop_pct': 0.9}|STRETCH|384 x 384|BILINEAR|1.0",
        "{'size': 224, 'resample': 1}|STRETCH|224 x 224|LANCZOS|1.0",
        "{'size': 224, 'resample': 4}|STRETCH|224 x 224|BOX|1.0",
        "{'size': 224, 'resample': 5}|STRETCH|224 x 224|HAMMING|1.0",
        "{'size': 224, 'resample': 0, 'do_rescale': false}|STRETCH|224 x 224|NEAREST|255.0",
        "{'do_resize': false, 'size': 99, 'resample': 0}|CROP|256 x 256|BILINEAR|1.0"
      })
  void readsTransformersFiles(
      String json, Fit fit, String scaled, Interpolation interpolation, double range)
      throws IOException {
    write("preprocessor_config.json", json.replace('\'', '"'));
    long side = fit == Fit.STRETCH ? -1 : 224;
    Preprocessing reading = resolve(ReadingChoice.NONE, -1, 3, side, side);
    assertThat(reading.fit()).isEqualTo(fit);
    assertThat(reading.fitting().scaled()).hasToString(scaled);
    assertThat(reading.fitting().interpolation()).isEqualTo(interpolation);
    assertThat(reading.numbers().range()).isEqualTo(range);
  }

  @Test
  void keepsTheShareWhereTheNetworkTakesAnotherSizeThanTheFileMeant() throws IOException {
    write(
        "preprocessor_config.json",
        "{\"size\": {\"shortest_edge\": 512}, \"crop_size\": 448, \"do_center_crop\": true}");
    assertThat(resolve(ReadingChoice.NONE, COLOR).fitting().scaled()).isEqualTo(new Size(256, 256));
  }

  @Test
  void readsTimmsFile() throws IOException {
    write(
        "config.json",
        """
        {"architecture": "resnet18", "pretrained_cfg": {"input_size": [3, 288, 320],
         "interpolation": "bicubic", "crop_pct": 0.95, "crop_mode": "center",
         "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}}\
        """);
    assertThat(resolve(ReadingChoice.NONE, 1, 3, -1, -1).text())
        .isEqualTo(
            "pictures are read as: crop to 288 x 320 (height x width) of 303 x 336 (crop-pct"
                + " 0.9505), bicubic, RGB, range 1, mean half, std half (fit, input-size, crop-pct,"
                + " interpolation, range, mean, std: config.json; channel-order: a guess)");
  }

  @Test
  void readsWhatUltralyticsWrites() {
    Map<String, String> metadata =
        Map.of("imgsz", "[480, 640]", "stride", "32", "task", "detect", "names", "{0: 'a'}");
    Preprocessing reading =
        Preprocessing.resolve(ReadingChoice.NONE, new long[] {1, 3, -1, -1}, null, metadata);
    assertThat(reading.text())
        .isEqualTo(
            "pictures are read as: letterbox in 480 x 640 (height x width), bilinear, RGB, range 1,"
                + " mean none, std none (all: the model's metadata)");
  }

  @ParameterizedTest
  @CsvSource({
    "NominalRange_0_255, 255, 0, 1",
    "Normalized_0_1, 1, 0, 1",
    "Normalized_1_1, 1, 0.5, 0.5"
  })
  void readsOnnxsImageProperties(String named, double range, float mean, float std) {
    Preprocessing reading =
        Preprocessing.resolve(
            ReadingChoice.NONE,
            COLOR,
            null,
            Map.of("Image.NominalPixelRange", named, "Image.BitmapPixelFormat", "Bgr8"));
    assertThat(reading.numbers().range()).isEqualTo(range);
    assertThat(reading.numbers().mean()).containsOnly(mean);
    assertThat(reading.numbers().std()).containsOnly(std);
    assertThat(reading.numbers().order()).isEqualTo(ChannelOrder.BGR);
  }

  @Test
  void readsDigitsWhereTheModelSaysSo() {
    Map<String, String> metadata = Map.of("fmviz.fit", "digit");
    Preprocessing reading =
        Preprocessing.resolve(ReadingChoice.NONE, new long[] {-1, 1, 28, 28}, null, metadata);
    assertThat(reading.text())
        .isEqualTo(
            "pictures are read as: a digit of 28 x 28, grey, range 1, mean none, std none (all: the"
                + " model's metadata)");
    assertThatThrownBy(() -> Preprocessing.resolve(ReadingChoice.NONE, COLOR, null, metadata))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(
                    "{fit} digit gives pictures of 28 x 28 in grey; the network takes 224 x 224"
                        + " with 3")
                + " channels");
    ReadingChoice.Scaling scaling = new ReadingChoice.Scaling(null, null, null, 1.0);
    ReadingChoice told = new ReadingChoice(null, scaling, null, null, null);
    assertThatThrownBy(
            () -> Preprocessing.resolve(told, new long[] {-1, 1, 28, 28}, null, metadata))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(
                "{fourthChannel} is not for pictures that are read as digits, which have a form of"
                    + " their own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,3,224,224|3 224 224 nchw",
        "1,224,224,3|3 224 224 nhwc",
        "-1,1,28,28|1 28 28 nchw",
        "-1,48,192,1|1 48 192 nhwc",
        "1,4,20,30|4 20 30 nchw",
        "1,20,30,4|4 20 30 nhwc",
        "1,-1,20,3|3 224 20 nhwc",
        "1,3,20,-1|3 20 224 nchw"
      })
  void findsTheChannels(String dimensions, String expected) {
    Size size = dimensions.equals("1,-1,20,3") ? new Size(224, 20) : null;
    Preprocessing reading =
        resolve(
            fit(null, dimensions.equals("1,3,20,-1") ? new Size(20, 224) : size, null),
            sides(dimensions));
    assertThat(
            "%d %d %d %s"
                .formatted(reading.channels(), reading.height(), reading.width(), reading.layout()))
        .isEqualTo(expected);
  }

  private static long[] sides(String dimensions) {
    return Arrays.stream(dimensions.split(",", -1)).mapToLong(Long::parseLong).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3,224,224|the network's input is (3, 224, 224): pictures take four dimensions, (N,"
            + " channels, height, width)",
        "1,5,320,320|the network's input (1, 5, 320, 320) has 5 channels: pictures have 1, 3 or 4",
        "1,2,5,5|the network's input (1, 2, 5, 5) has 2 channels: pictures have 1, 3 or 4",
        "1,3,40000,40000|the network's input (1, 3, 40000, 40000) is too large: at most 100"
            + " million values of a picture are taken",
        "1,3,9223372036854775807,9223372036854775807|the network's input (1, 3,"
            + " 9223372036854775807, 9223372036854775807) is too large: at most 100 million values"
            + " of a picture are taken",
        "-1,3,-1,-1|{inputSize} must be given, as HEIGHTxWIDTH or auto: the network takes pictures"
            + " of any size",
        "-1,3,48,-1|{inputSize} must be given, as HEIGHTxWIDTH or auto: the network takes pictures"
            + " of 48 x any",
        "-1,-1,-1,-1|{layout} must be given, nchw or nhwc: the network's input (N, N, N, N) doesn't"
            + " say where its channels are",
        "1,3,3,3|{layout} must be given, nchw or nhwc: the network's input (1, 3, 3, 3) doesn't say"
            + " where its channels are"
      })
  void saysInOneLineWhatIsMissing(String dimensions, String message) {
    assertThatThrownBy(() -> resolve(ReadingChoice.NONE, sides(dimensions)))
        .hasMessage(Settings.named(message));
  }

  @Test
  void takesBytesAsTheyAreWhereTheNetworkTakesWholeNumbers() throws IOException {
    write("preprocessor_config.json", "{\"image_mean\": [0.5], \"image_std\": [0.5]}");
    Path model = folder.resolve("model.onnx");
    DeclaredInput bytes = new DeclaredInput(COLOR, DeclaredInput.Values.WHOLE);
    Preprocessing reading = Preprocessing.resolve(ReadingChoice.NONE, bytes, model, Map.of());
    assertThat(reading.text())
        .endsWith(
            "RGB, range 255, mean none, std none (range, mean, std: the network's whole numbers;"
                + " the rest: a guess)");
    DeclaredInput signed = new DeclaredInput(COLOR, DeclaredInput.Values.SIGNED_BYTES);
    assertThat(Preprocessing.resolve(ReadingChoice.NONE, signed, model, Map.of()).numbers().mean())
        .containsOnly(128f);
    for (String[] wrong :
        new String[][] {
          {"1", null, null, "{range} must be 255: the network takes whole numbers"},
          {null, "half", null, "{mean} must be none or whole numbers: the network takes no others"},
          {
            null, "127.5", null, "{mean} must be none or whole numbers: the network takes no others"
          },
          {null, null, "2", "{std} must be none: the network takes whole numbers"}
        }) {
      ReadingChoice choice =
          new ReadingChoice(
              null,
              new ReadingChoice.Scaling(
                  wrong[0] == null ? null : Double.valueOf(wrong[0]),
                  wrong[1] == null ? null : ChannelValues.parse("mean", wrong[1]),
                  wrong[2] == null ? null : ChannelValues.parse("std", wrong[2])),
              null,
              null,
              null);
      assertThatThrownBy(() -> Preprocessing.resolve(choice, bytes, model, Map.of()))
          .isInstanceOf(InvalidValueException.class)
          .hasMessage(Settings.named(wrong[3]));
    }
  }

  @Test
  void fillsAFourthChannelWithWhiteOrWhatIsTold() {
    Preprocessing guessed = resolve(ReadingChoice.NONE, 1, 8, 8, 4);
    assertThat(guessed.text())
        .isEqualTo(
            "pictures are read as: crop to 8 x 8 of 9 (crop-pct 0.8889), bilinear, RGB and a fourth"
                + " channel of 1, range 1, mean imagenet, std imagenet, NHWC (all: a guess)");
    assertThat(guessed.isFourthChannelGuessed()).isTrue();
    ReadingChoice.Scaling scaling = new ReadingChoice.Scaling(255.0, null, null, null);
    assertThat(
            resolve(new ReadingChoice(null, scaling, null, null, null), 1, 4, 8, 8)
                .numbers()
                .alpha())
        .isEqualTo(255.0);
    ReadingChoice told =
        new ReadingChoice(
            null, new ReadingChoice.Scaling(null, null, null, 0.25), null, null, null);
    Preprocessing reading = resolve(told, 1, 4, 8, 8);
    float[] values = new float[4 * 64];
    PhotoFiles.images(reading, PhotoFiles.file("dot.png")).copyTo(FloatBuffer.wrap(values), 0);
    assertThat(Arrays.copyOfRange(values, 192, 256)).containsOnly(0.25f);
    assertThat(values[191]).isNotEqualTo(0.25f);
    assertThat(reading.facts()).containsEntry("fourthChannel", 0.25);
    assertThatThrownBy(() -> resolve(told, COLOR))
        .hasMessage(
            Settings.named("{fourthChannel} is for networks of four channels: this one takes 3"));
  }

  @Test
  void choosesASizeWhereNobodySaysOne() {
    Preprocessing reading = resolve(ReadingChoice.NONE.ofAnySize(), 1, 3, -1, -1);
    assertThat(reading.form().size()).isEqualTo(new Size(224, 224));
    assertThat(reading.isSizeGuessed()).isTrue();
    assertThat(resolve(ReadingChoice.NONE.ofAnySize(), COLOR).isSizeGuessed()).isFalse();
    assertThat(resolve(ReadingChoice.NONE.ofAnySize(), 1, 3, 48, -1).form().size())
        .isEqualTo(new Size(48, 224));
  }

  @Test
  void looksOneFolderUpAsOptimumWritesIt() throws IOException {
    write("preprocessor_config.json", "{\"size\": {\"height\": 8, \"width\": 8}}");
    write("config.json", "[\"a\", \"b\"]");
    Path model = folder.resolve("onnx").resolve("model.onnx");
    Preprocessing above = Preprocessing.resolve(ReadingChoice.NONE, COLOR, model, Map.of());
    assertThat(above.fit()).isEqualTo(Fit.STRETCH);
    assertThat(above.origins()).containsEntry("fit", "../preprocessor_config.json");
    assertThat(above.notes()).isEmpty();
    assertThat(ClassNames.find(model, Map.of())).containsExactly("a", "b");
    Files.createDirectory(folder.resolve("onnx"));
    write("onnx/preprocessor_config.json", "{\"size\": 224, \"crop_size\": 224}");
    Preprocessing beside = Preprocessing.resolve(ReadingChoice.NONE, COLOR, model, Map.of());
    assertThat(beside.origins()).containsEntry("fit", "preprocessor_config.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\": \"shop\", \"size\": 3}|it is neither timm's nor transformers'",
        "17|it is neither timm's nor transformers'",
        "{broken|FILE is not JSON: ",
        "|FILE is not JSON: it ends early"
      })
  void passesOverAConfigThatIsSomethingElse(String text, String reason) throws IOException {
    write("config.json", text == null ? "" : text);
    Path file = folder.resolve("config.json");
    assertThat(resolve(ReadingChoice.NONE, COLOR).notes())
        .singleElement()
        .asString()
        .startsWith("config.json: passed over: " + reason.replace("FILE", file.toString()));
    assertThat(ClassNames.find(folder.resolve("model.onnx"), Map.of())).isEmpty();
    Path below = folder.resolve("deeper").resolve("model.onnx");
    assertThat(Preprocessing.resolve(ReadingChoice.NONE, COLOR, below, Map.of()).notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"a\"]", "{\"id2label\": {}}", "{\"model_type\": \"resnet\"}"})
  void knowsAModelsOwnConfig(String text) throws IOException {
    write("config.json", text);
    assertThat(resolve(ReadingChoice.NONE, COLOR).notes()).isEmpty();
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThatThrownBy(() -> resolve(fit(null, new Size(100, 100), null), COLOR))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(
                "{inputSize} must be 224 x 224, which is all that the network takes, not 100 x"
                    + " 100"));
    assertThatThrownBy(() -> resolve(fit(Fit.STRETCH, null, 0.5), COLOR))
        .hasMessage(Settings.named("{cropPct} is for pictures that are cropped, not for stretch"));
    assertThatThrownBy(() -> fit(null, null, 1.5))
        .hasMessage(Settings.named("{cropPct} must be from 0.01 to 1, not 1.5"));
    ReadingChoice bgr = new ReadingChoice(null, null, ChannelOrder.BGR, null, null);
    assertThatThrownBy(() -> resolve(bgr, 1, 1, 8, 8))
        .hasMessage(Settings.named("{channelOrder} must be gray: the network takes one channel"));
    ReadingChoice imagenet =
        new ReadingChoice(
            null,
            new ReadingChoice.Scaling(null, ChannelValues.parse("mean", "imagenet"), null),
            null,
            null,
            null);
    assertThatThrownBy(() -> resolve(imagenet, 1, 1, 8, 8))
        .hasMessage(Settings.named("{mean} imagenet has 3 values, the network takes one channel"));
    assertThat(resolve(layout(Layout.NHWC), 1, 3, 3, 3).layout()).isEqualTo(Layout.NHWC);
  }

  @Test
  void asksForWhatAFileSaysButNobodyHereKnows() throws IOException {
    write("preprocessor_config.json", "{\"size\": 224, \"resample\": 6}");
    assertThatThrownBy(() -> resolve(ReadingChoice.NONE, COLOR))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            Settings.named(
                    "{interpolation} must be given: preprocessor_config.json says resample 6, which"
                        + " is not")
                + " known here");
    ReadingChoice told =
        new ReadingChoice(
            new ReadingChoice.Geometry(null, null, null, Interpolation.BICUBIC),
            null,
            null,
            null,
            null);
    assertThat(resolve(told, COLOR).fitting().interpolation()).isEqualTo(Interpolation.BICUBIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[",
        "nonsense",
        "{\"size\": NaN}",
        "{\"a\": 1} x",
        "{\"image_mean\": [1e999]",
        "{'size': 3}"
      })
  void refusesWhatIsNoJson(String text) throws IOException {
    write("preprocessor_config.json", text);
    Path file = folder.resolve("preprocessor_config.json");
    assertThatThrownBy(() -> resolve(ReadingChoice.NONE, COLOR))
        .isInstanceOf(UserException.class)
        .satisfies(
            e -> assertThat(e.getMessage()).startsWith(file + " is not JSON: ").hasLineCount(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"size\": \"large\", \"image_mean\": 7}",
        "{\"size\": {\"height\": -1, \"width\": 1e9}}",
        "{\"size\": {\"shortest_edge\": [1]}}",
        "{\"crop_size\": {}, \"do_center_crop\": true}",
        "{\"pretrained_cfg\": []}",
        "{\"pretrained_cfg\": {\"input_size\": [1, 2]}}"
      })
  void readsFilesOfOtherTypesAsFarAsTheySaySomething(String text) throws IOException {
    write("preprocessor_config.json", text);
    assertThat(resolve(ReadingChoice.NONE, COLOR).fitting().scaled()).isEqualTo(new Size(256, 256));
  }

  @ParameterizedTest
  @CsvSource({"3, a number", "null, null", "'\"none\"', a string", "true, true"})
  void saysWhatAFileHoldsThatIsNoObject(String text, String kind) throws IOException {
    write("preprocessor_config.json", text);
    Path file = folder.resolve("preprocessor_config.json");
    assertThatThrownBy(() -> resolve(ReadingChoice.NONE, COLOR))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s holds %s, not an object: give a preprocessor_config.json of transformers or a config.json of timm"
                .formatted(file, kind));
  }

  @Test
  void refusesHostileFiles() throws IOException {
    Path file = folder.resolve("preprocessor_config.json");
    write(file.getFileName().toString(), "[".repeat(1_000_000));
    assertThatThrownBy(() -> resolve(ReadingChoice.NONE, COLOR))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + " is not JSON: it is nested more than 255 deep");
    Files.write(file, new byte[16_000_001]);
    assertThatThrownBy(() -> resolve(ReadingChoice.NONE, COLOR))
        .hasMessage(file + " has more than 16 MB: that is another kind of file");
    Files.write(file, new byte[] {'"', (byte) 0xff, '"'});
    assertThatThrownBy(() -> resolve(ReadingChoice.NONE, COLOR))
        .hasMessage(file + " is not UTF-8 text; save it again in UTF-8");
    write(file.getFileName().toString(), "{\"image_mean\": [0.5], \"image_std\": [0]}");
    assertThatThrownBy(() -> resolve(ReadingChoice.NONE, COLOR))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " can't be followed: its std must be above 0, not 0.0");
  }

  @Test
  void refusesAFileThatAPersonNamedAndThatSaysNothing() throws IOException {
    write("other.json", "{\"model_type\": \"resnet\"}");
    Path file = folder.resolve("other.json");
    assertThatThrownBy(() -> resolve(new ReadingChoice(null, null, null, null, file), COLOR))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " says nothing about how pictures are read: give a preprocessor_config.json of"
                + " transformers or a config.json of timm");
  }

  @Test
  void takesNamesAndNumbersForMeans() {
    assertThat(ChannelValues.parse("mean", "ImageNet").mean(3, 255, ChannelOrder.BGR))
        .containsExactly((float) (0.406 * 255), (float) (0.456 * 255), (float) (0.485 * 255));
    assertThat(ChannelValues.parse("std", "none").std(3, 255, ChannelOrder.RGB)).containsOnly(1f);
    assertThat(ChannelValues.parse("mean", "103.9, 116.8,123.7").mean(3, 255, ChannelOrder.BGR))
        .containsExactly(103.9f, 116.8f, 123.7f);
    for (String wrong : List.of("", "1,2", "a", "1,2,3,4", "imagenet,half", "1;2;3")) {
      assertThatThrownBy(() -> ChannelValues.parse("mean", wrong))
          .isInstanceOf(InvalidValueException.class)
          .hasMessage(
              Settings.named(
                      "{mean} must be imagenet, half, none, or one number or three separated by"
                          + " commas, not")
                  + " \"%s\"",
              wrong);
    }
    assertThatThrownBy(() -> ChannelValues.parse("std", "1,0,1"))
        .hasMessage(Settings.named("{std} must be above 0, not 0.0"));
    assertThatThrownBy(() -> ChannelValues.parse("mean", "1e7"))
        .hasMessage(Settings.named("{mean} must be numbers below a million, not 1.0E7"));
  }
}
