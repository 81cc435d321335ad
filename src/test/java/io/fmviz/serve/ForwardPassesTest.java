package io.fmviz.serve;

import static io.fmviz.network.onnx.SmallModel.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Compute;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.pipeline.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network whose pictures are 8 MB, of which eight are kept. */
class ForwardPassesTest {
  private static final int SIDE = 1448;

  @TempDir private Path folder;

  private static SentPictures.Sent picture(int number) {
    float[] values = new float[SIDE * SIDE];
    Arrays.fill(values, number);
    return new SentPictures.Sent(
        number, new PictureReader.One(new FloatImages(values, 1, SIDE, SIDE), null));
  }

  private static float firstOf(ForwardPass pass) {
    return pass.outputs().values().iterator().next()[0];
  }

  @Test
  void memoryOfForgottenPassesIsUsedAgainAndWhatIsKeptStaysAsItWas() throws IOException {
    Path file =
        Files.write(
            folder.resolve("relu.onnx"),
            new SmallModel(node("Relu", "y", "x")).ofPictures(1, 1, SIDE, SIDE).bytes());
    OnnxNetwork network = OnnxModel.read(file).network(1, SIDE, SIDE, false);
    ServedLayers layers = new ServedLayers(network);
    try (Session session = network.start(Compute.onCpu(1))) {
      ForwardPasses passes = new ForwardPasses(session, layers);
      List<float[]> arrays = new ArrayList<>();
      for (int i = 1; i <= 20; i++) {
        ForwardPass pass = passes.of(picture(i), ServedLayers.Off.NONE, Set.of());
        assertThat(firstOf(pass)).isEqualTo(i);
        arrays.addAll(pass.outputs().values());
      }
      assertThat(arrays.stream().map(System::identityHashCode).distinct()).hasSizeLessThan(12);
      for (int i = 14; i <= 20; i++) {
        assertThat(firstOf(passes.of(picture(i), ServedLayers.Off.NONE, Set.of()))).isEqualTo(i);
      }
      passes.rest();
      assertThat(firstOf(passes.of(picture(3), ServedLayers.Off.NONE, Set.of()))).isEqualTo(3);
    }
  }
}
