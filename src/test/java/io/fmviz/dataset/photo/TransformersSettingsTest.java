package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the processors' documented arithmetic: scripts/make-processors-fixture.py. */
class TransformersSettingsTest {
  private static final Map<String, Tensor> EXPECTED =
      Safetensors.read(file("processors.safetensors")).tensors();

  @TempDir private Path folder;

  private static Path file(String name) {
    try {
      return Path.of(TransformersSettingsTest.class.getResource("/processors/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<String> givesTheProcessorsNumbers() {
    return EXPECTED.keySet().stream();
  }

  private static Preprocessing resolve(Path settings, long... dimensions) {
    ReadingChoice choice = new ReadingChoice(null, null, null, null, settings);
    return Preprocessing.resolve(choice, dimensions, null, Map.of());
  }

  @ParameterizedTest
  @MethodSource
  void givesTheProcessorsNumbers(String key) {
    String[] parts = key.split("/", -1);
    long[] shape = EXPECTED.get(key).shape();
    for (long[] dimensions : new long[][] {{1, 3, shape[1], shape[2]}, {1, 3, -1, -1}}) {
      Preprocessing reading = resolve(file(parts[0] + ".json"), dimensions);
      PhotoImages images = PhotoFiles.images(reading, PhotoFiles.file(parts[1]));
      float[] values = new float[images.size()];
      images.copyTo(FloatBuffer.wrap(values), 0);
      float[] expected = EXPECTED.get(key).floats();
      assertThat(values).hasSameSizeAs(expected);
      float largest = 0;
      for (int i = 0; i < values.length; i++) {
        largest = Math.max(largest, Math.abs(values[i] - expected[i]));
      }
      assertThat(largest).isLessThan(1e-5f);
      assertThat(reading.notes()).isEmpty();
    }
  }

  private Preprocessing written(String json, long... dimensions) throws IOException {
    Path file = folder.resolve("preprocessor_config.json");
    Files.writeString(file, json.replace('\'', '"'));
    return resolve(file, dimensions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'image_processor_type': 'DetrImageProcessor', 'size': {'shortest_edge': 800,"
            + " 'longest_edge': 1333}, 'do_pad': true}|LETTERBOX|pictures keep their shape, with"
            + " grey around them where the network's is another; size"
            + " {'shortest_edge':800,'longest_edge':1333}, do_pad true are not followed",
        "{'image_processor_type': 'YolosImageProcessor', 'size': {'shortest_edge': 512,"
            + " 'longest_edge': 1333}, 'do_pad': false, 'pad_size': null}|LETTERBOX|pictures keep"
            + " their shape, with grey around them where the network's is another; size"
            + " {'shortest_edge':512,'longest_edge':1333} is not followed",
        "{'image_processor_type': 'DPTImageProcessor', 'size': {'height': 384, 'width': 384},"
            + " 'keep_aspect_ratio': true, 'ensure_multiple_of': 32}|LETTERBOX|pictures keep their"
            + " shape, with grey around them where the network's is another; size"
            + " {'height':384,'width':384}, keep_aspect_ratio true, ensure_multiple_of 32 are not"
            + " followed",
        "{'image_processor_type': 'GLPNImageProcessor', 'do_resize': true, 'size_divisor':"
            + " 32}|STRETCH|size_divisor 32 is not followed",
        "{'image_processor_type': 'Swin2SRImageProcessor', 'do_pad': true, 'pad_size': 8,"
            + " 'do_rescale': true}|CROP|do_pad true, pad_size 8 are not followed",
        "{'image_processor_type': 'VitMatteImageProcessor', 'do_pad': true, 'size_divisibility':"
            + " 32, 'image_mean': 0.5, 'image_std': 0.5}|CROP|do_pad true, size_divisibility 32 are"
            + " not followed",
        "{'image_processor_type': 'ViTImageProcessor', 'do_resize': false, 'size': 9, 'do_rescale':"
            + " true}|CROP|do_resize false is not followed: pictures get the size that the network"
            + " takes",
        "{'image_processor_type': 'DonutImageProcessor', 'size': {'height': 64, 'width': 64},"
            + " 'do_thumbnail': true, 'do_align_long_axis': false}|STRETCH|DonutImageProcessor is"
            + " not known here: its keys are read as most processors do; do_thumbnail true is not"
            + " followed",
        "{'image_processor_type': 'MobileNetV2ImageProcessor', 'size': {'shortest_edge': 40},"
            + " 'do_center_crop': false}|CROP|shortest_edge 40 without do_center_crop would keep"
            + " each picture's shape: the middle is cut out",
        "{'image_processor_type': 'PvtImageProcessor', 'size': {'height': 40, 'width': 40},"
            + " 'image_mean': 'imagenet', 'crop_pct': 0.9}|STRETCH|image_mean 'imagenet', crop_pct"
            + " 0.9 are not followed",
        "{'size': {'width': 3}, 'do_rescale': true}|CROP|size {'width':3} is not followed"
      })
  void saysWhatItDoesNotFollow(String json, Fit fit, String note) throws IOException {
    Preprocessing reading = written(json, 1, 3, 64, 64);
    assertThat(reading.fit()).isEqualTo(fit);
    assertThat(reading.notes())
        .containsExactly(
            "preprocessor_config.json: "
                + note.replace('\'', '"')
                    .replace("network\"s", "network's")
                    .replace("picture\"s", "picture's"));
    assertThat(reading.facts()).containsEntry("notFollowed", reading.notes());
  }

  @Test
  void knowsWhatProcessorsDoWhereAKeyIsLeftOut() throws IOException {
    Preprocessing mobileVit =
        written(
            "{'feature_extractor_type': 'MobileViTFeatureExtractor', 'size': 36, 'crop_size': 32}",
            1,
            3,
            32,
            32);
    assertThat(mobileVit.text())
        .isEqualTo(
            "pictures are read as: crop to 32 x 32 of 36 (crop-pct 0.8889), bilinear, BGR, range 1,"
                + " mean none, std none (fit, crop-pct, channel-order, range, mean, std:"
                + " preprocessor_config.json; interpolation: a guess)");
    Preprocessing efficientNet =
        written(
            "{'image_processor_type': 'EfficientNetImageProcessor', 'size': 32, 'image_mean': 0,"
                + " 'image_std': 0.5}",
            1,
            3,
            32,
            32);
    assertThat(efficientNet.numbers().std()).containsOnly(0.25f);
    assertThat(
            written(
                    "{'image_processor_type': 'ConvNextImageProcessor', 'size': 224}",
                    1,
                    3,
                    224,
                    224)
                .fitting()
                .scaled())
        .isEqualTo(new Size(256, 256));
  }

  @Test
  void putsBlackAroundWhatIsSmallerThanWhatIsCutOut() throws IOException {
    assertThat(
            written(
                    "{'size': {'shortest_edge': 16}, 'do_center_crop': true, 'crop_size': 20}",
                    1,
                    3,
                    20,
                    20)
                .text())
        .startsWith("pictures are read as: crop to 20 x 20 of 16, with black around, bilinear");
  }

  /** What is subtracted before red and blue change places is red's, green's and blue's. */
  @Test
  void turnsMeansWithTheColours() throws IOException {
    Preprocessing reading =
        written(
            "{'do_flip_channel_order': true, 'image_mean': [0.1, 0.2, 0.3], 'image_std': [0.4, 0.5,"
                + " 0.6]}",
            1,
            3,
            8,
            8);
    assertThat(reading.numbers().order()).isEqualTo(ChannelOrder.BGR);
    assertThat(reading.numbers().mean()).containsExactly(0.3f, 0.2f, 0.1f);
    assertThat(reading.numbers().std()).containsExactly(0.6f, 0.5f, 0.4f);
  }

  @Test
  void readsGreys() throws IOException {
    assertThat(written("{'do_grayscale': true, 'do_rescale': true}", 1, 3, 8, 8).numbers().order())
        .isEqualTo(ChannelOrder.GRAY);
  }
}
