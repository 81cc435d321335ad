package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.fmviz.Nodes;
import io.fmviz.TwoConvolutions;
import io.fmviz.base.AtomicFile;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.tensor.Safetensors;
import io.fmviz.tensor.Tensor;
import io.fmviz.training.EpochResult;
import io.fmviz.training.Training;
import io.fmviz.training.TrainingConfig;
import io.fmviz.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fmviz does with the digits' classifier, it does with any other that has a topology. */
class TwoConvolutionsTest {
  private static final List<Topology> BOTH = List.of(Topology.DIGITS, TwoConvolutions.TOPOLOGY);
  private static final LabeledImages IMAGES = TwoConvolutions.images();
  private static final Batch ALL = Batch.of(IMAGES, new int[] {0, 1, 2}, 0, 3);
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

  private final Network network =
      TwoConvolutions.network(TwoConvolutions.WIDTHS, TwoConvolutions.weights());

  @TempDir private Path folder;

  @Test
  void isListedLayerByLayer() {
    assertThat(network.nodes())
        .extracting(n -> "%s %s %s %d".formatted(n, n.path(), n.shape(), n.parameters()))
        .containsExactly(
            "Conv2d_1 features.0 [2, 13, 13] 52",
            "ReLU_1 features.1 [2, 13, 13] 0",
            "MaxPool2d_1 features.2 [2, 4, 4] 0",
            "Conv2d_2 features.3 [3, 4, 4] 57",
            "ReLU_2 features.4 [3, 4, 4] 0",
            "AdaptiveAvgPool2d_1 features.5 [3, 1, 1] 0",
            "Linear_1 head [10] 40");
    assertThat(network.input().height()).isEqualTo(13);
    assertThat(network.kernel(Nodes.named(network, "Conv2d_1")).orElseThrow().shape())
        .containsExactly(2, 1, 5, 5);
    assertThat(network.kernel(Nodes.named(network, "ReLU_1"))).isEmpty();
    assertThat(network.head().orElseThrow().node()).isSameAs(Nodes.named(network, "ReLU_2"));
    assertThat(network.head().orElseThrow().weights(2))
        .containsExactly(
            TwoConvolutions.weights().get("head.weight")[6],
            TwoConvolutions.weights().get("head.weight")[7],
            TwoConvolutions.weights().get("head.weight")[8]);
  }

  @Test
  void computesWhatPyTorchComputesObservedOrNot() throws Exception {
    try (Session session = network.start(Compute.onCpu(2))) {
      Map<String, Integer> heard = new LinkedHashMap<>();
      float[] observed =
          session.run(
              ALL,
              Set.copyOf(network.nodes()),
              (node, values) -> heard.put(node.name(), values.remaining()));
      assertThat(observed).containsExactly(TwoConvolutions.logits(), CLOSE);
      assertThat(session.answer(ALL).get()).isEqualTo(observed);
      assertThat(heard.keySet())
          .containsExactlyElementsOf(network.nodes().stream().map(Node::name).toList());
      assertThat(heard).containsEntry("MaxPool2d_1", 3 * 2 * 4 * 4);
    }
  }

  /** Trains, and returns what each epoch's mean loss was. */
  private static List<Double> train(Classifier classifier, NDManager manager) {
    List<Double> losses = new ArrayList<>();
    new Training(classifier, manager, new TrainingConfig(30, 0.01f, 3, 3, 1))
        .run(
            IMAGES,
            IMAGES,
            new TrainingListener() {
              @Override
              public void onBatch(int epoch, int batch, int batches, float loss) {}

              @Override
              public void onEpoch(EpochResult result) {
                losses.add(result.meanLoss());
              }
            });
    return losses;
  }

  @Test
  void isTrainedSavedAndReadAgain() {
    Path file = folder.resolve("epoch_29.safetensors");
    CheckpointInfo info =
        new CheckpointInfo(
            29,
            new CheckpointInfo.LearnedFrom("synthetic", false, 3, 3),
            new CheckpointInfo.Settings(1, 0.01f, 3, 3, 2, "cpu"),
            1,
            0.5,
            "0.1.0");
    Map<String, float[]> trained;
    float[] logits;
    try (NDManager manager = NDManager.newBaseManager();
        Classifier classifier =
            new Classifier(
                manager, TwoConvolutions.TOPOLOGY.ofBase(4), new TorchInitialization(1))) {
      List<Double> losses = train(classifier, manager);
      assertThat(losses.get(29)).isLessThan(losses.get(0) / 2);
      trained = classifier.weights();
      try (Session session = ClassifierNetwork.session(classifier, manager)) {
        logits = session.run(ALL, Set.of(), (node, values) -> {});
      }
      SavedClassifier.of(file, classifier.widths(), trained, info).write();
    }
    SavedClassifier read = SavedClassifier.read(file, BOTH);
    assertThat(read.widths())
        .isEqualTo(new ClassifierWidths(TwoConvolutions.TOPOLOGY, 1, List.of(4, 8), 10))
        .isEqualTo(TwoConvolutions.TOPOLOGY.ofBase(4));
    assertThat(read.metadata())
        .containsEntry("architecture", "conv2-gap-linear")
        .containsEntry("widths", "1,4,8,10");
    assertThat(read.weights()).usingRecursiveComparison().isEqualTo(trained);
    try (Session session = new ClassifierNetwork(read).start(Compute.onCpu(2))) {
      assertThat(session.run(ALL, Set.of(), (node, values) -> {})).isEqualTo(logits);
    }
  }

  private Path write(Map<String, float[]> weights, Map<String, String> metadata) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    TwoConvolutions.WIDTHS
        .parameterShapes()
        .forEach(
            (name, shape) -> {
              if (weights.containsKey(name)) {
                tensors.put("model." + name, Tensor.of(shape, weights.get(name)));
              }
            });
    Path file = folder.resolve("x.safetensors");
    AtomicFile.write(file, new Safetensors(metadata, tensors)::writeTo);
    return file;
  }

  @Test
  void isToldByItsParametersWhereAFileSaysNothing() {
    Path file = write(TwoConvolutions.weights(), Map.of());
    assertThat(SavedClassifier.read(file, BOTH).widths()).isEqualTo(TwoConvolutions.WIDTHS);
    assertThatThrownBy(() -> SavedClassifier.read(file, List.of(Topology.DIGITS)))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " does not fit the classifier: the tensor net.0.weight is missing");
  }

  @Test
  void isWhatAFileSaysItHolds() {
    Map<String, float[]> weights = TwoConvolutions.weights();
    Path digits = write(weights, Map.of("architecture", "conv3-gap-linear"));
    assertThatThrownBy(() -> SavedClassifier.read(digits, BOTH))
        .hasMessage(digits + " does not fit the classifier: the tensor net.0.weight is missing");
    weights.clear();
    Path two = write(weights, Map.of("architecture", "conv2-gap-linear"));
    assertThatThrownBy(() -> SavedClassifier.read(two, BOTH))
        .hasMessage(two + " does not fit the classifier: the tensor features.0.weight is missing");
  }
}
