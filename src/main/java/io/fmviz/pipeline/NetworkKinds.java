package io.fmviz.pipeline;

import io.fmviz.network.NetworkKind;
import io.fmviz.network.onnx.OnnxKind;
import io.fmviz.network.torch.ClassifierKind;
import java.util.List;
import java.util.Optional;

/** The kinds of network that can be opened. Another one is a room of its own and a line here. */
public final class NetworkKinds {
  /** What is trained here, and taken where no model is named. */
  static final NetworkKind CHECKPOINT = new ClassifierKind();

  /** Models of others; the first opens what none recognizes, and says what it is instead. */
  private static final List<NetworkKind> MODELS = List.of(new OnnxKind());

  private NetworkKinds() {}

  /** Whether a file is a model's, as far as its name tells. */
  public static boolean isModel(String name) {
    return recognizing(name).isPresent();
  }

  /** Whether a file is a checkpoint, as far as its name tells. */
  public static boolean isCheckpoint(String name) {
    return CHECKPOINT.recognizes(name);
  }

  /**
   * Whether libtorch runs the network of a command line.
   *
   * @param words of it
   * @param isModel whether a model is asked for, whatever it is called
   */
  public static boolean isOnTorch(List<String> words, boolean isModel) {
    return words.stream()
        .flatMap(word -> recognizing(word).stream())
        .findFirst()
        .orElse(isModel ? MODELS.get(0) : CHECKPOINT)
        .isOnTorch();
  }

  /** Of what is named as a model. */
  static NetworkKind ofModel(String name) {
    return recognizing(name).orElse(MODELS.get(0));
  }

  /** Of what is named as a checkpoint, which may be a model all the same; null for no name. */
  static NetworkKind ofCheckpoint(String name) {
    return Optional.ofNullable(name).flatMap(NetworkKinds::recognizing).orElse(CHECKPOINT);
  }

  private static Optional<NetworkKind> recognizing(String name) {
    return MODELS.stream().filter(kind -> kind.recognizes(name)).findFirst();
  }
}
