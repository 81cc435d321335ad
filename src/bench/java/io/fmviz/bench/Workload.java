package io.fmviz.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.mnist.DatasetChoice;
import io.fmviz.forward.ForwardListener;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.network.Batch;
import io.fmviz.network.Logits;
import io.fmviz.network.torch.BatchArrays;
import io.fmviz.network.torch.Classifier;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.Topology;
import io.fmviz.network.torch.TorchInitialization;
import io.fmviz.runtime.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the benchmarks work on: test images and a network of the usual widths.
 *
 * <p>The system property {@code fmviz.bench.data} names a folder with MNIST, {@code
 * fmviz.bench.checkpoint} a safetensors file, {@code fmviz.bench.threads} PyTorch's threads. Where
 * one is empty, the synthetic digits, the untrained weights of seed 0 and all cores are taken.
 */
public final class Workload implements AutoCloseable {
  /** The images of one call of a benchmark that takes them one at a time. */
  public static final int IMAGES = 20;

  private static final Set<String> PLOTTED =
      Set.of("Conv2d", "ReLU", "MaxPool2d", "AdaptiveAvgPool2d");

  private final Images images;
  private final NDManager manager;
  private final Classifier classifier;

  /**
   * One layer's output for one image.
   *
   * @param values {@code (channels, height, width)}, row by row
   */
  public record Maps(float[] values, int channels, int height, int width) {
    static Maps of(NDArray output) {
      long[] shape = output.getShape().getShape();
      return new Maps(output.toFloatArray(), (int) shape[1], (int) shape[2], (int) shape[3]);
    }
  }

  /** Reads the images, starts the engine, and builds the network. */
  public Workload() {
    String data = System.getProperty("fmviz.bench.data", "");
    DatasetChoice choice = data.isEmpty() ? DatasetChoice.SYNTHETIC : DatasetChoice.MNIST;
    images =
        choice
            .open(Path.of(data), List.of(Split.TEST), System.err::println)
            .dataset()
            .load(Split.TEST);
    String threads = System.getProperty("fmviz.bench.threads", "");
    int count =
        threads.isEmpty() ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(threads);
    manager = NDManager.newBaseManager(Torch.start("cpu", count));
    String file = System.getProperty("fmviz.bench.checkpoint", "");
    if (file.isEmpty()) {
      classifier = new Classifier(manager, Topology.DIGITS.ofBase(32), new TorchInitialization(0));
    } else {
      SavedClassifier saved = SavedClassifier.read(Path.of(file));
      classifier = new Classifier(manager, saved.widths(), saved);
    }
  }

  public Images images() {
    return images;
  }

  public NDManager manager() {
    return manager;
  }

  public Classifier classifier() {
    return classifier;
  }

  /** Attaches a listener to the layers that {@code visualize} draws. */
  public ForwardListeners listen(ForwardListener listener) {
    return ForwardListeners.attach(
        classifier.block(), layer -> PLOTTED.contains(layer.type()), listener);
  }

  /** One forward pass of one image, as {@code visualize} makes it. */
  public int predict(int index) {
    try (NDManager sample = manager.newSubManager()) {
      NDArray image = new BatchArrays().images(sample, Batch.of(images, new int[] {index}, 0, 1));
      float[] logits =
          classifier
              .block()
              .forward(classifier.parameterStore(), new NDList(image), false)
              .singletonOrThrow()
              .toFloatArray();
      return Logits.predicted(logits, 0, logits.length);
    }
  }

  /** The outputs of the drawn layers for the first {@link #IMAGES} images, image by image. */
  public List<Maps> maps() {
    List<Maps> maps = new ArrayList<>();
    ForwardListeners listeners =
        listen((layer, inputs, output) -> maps.add(Maps.of(output.singletonOrThrow())));
    for (int i = 0; i < IMAGES; i++) {
      predict(i);
    }
    listeners.close();
    return maps;
  }

  @Override
  public void close() {
    classifier.close();
    manager.close();
  }
}
