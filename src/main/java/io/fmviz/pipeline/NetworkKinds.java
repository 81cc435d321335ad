package io.fmviz.pipeline;

import io.fmviz.network.NetworkKind;
import io.fmviz.network.onnx.OnnxKind;
import io.fmviz.network.torch.ClassifierKind;
import java.util.List;

/** The kinds of network that can be opened. Another one is a room of its own and a line here. */
public final class NetworkKinds {
  /** What is trained here, and taken where no model is named. */
  static final NetworkKind CHECKPOINT = new ClassifierKind();

  /** ONNX models; the first opens what none recognizes, and says what it is instead. */
  private static final List<NetworkKind> MODELS = List.of(new OnnxKind());

  private NetworkKinds() {}

  /** Whether a file is a model's, as far as its name tells. */
  public static boolean isModel(String name) {
    return recognizing(name) != null;
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
    for (String word : words) {
      NetworkKind kind = recognizing(word);
      if (kind != null) {
        return kind.isOnTorch();
      }
    }
    return (isModel ? MODELS.get(0) : CHECKPOINT).isOnTorch();
  }

  /** Of what is named as a model. */
  static NetworkKind ofModel(String name) {
    NetworkKind kind = recognizing(name);
    return kind == null ? MODELS.get(0) : kind;
  }

  /** Of what is named as a checkpoint, which may be a model all the same; null for no name. */
  static NetworkKind ofCheckpoint(String name) {
    NetworkKind kind = name == null ? null : recognizing(name);
    return kind == null ? CHECKPOINT : kind;
  }

  /** The kind of model that has files of such a name; null for none. */
  private static NetworkKind recognizing(String name) {
    for (NetworkKind kind : MODELS) { // Before the engine is loaded: streams would take longer.
      if (kind.recognizes(name)) {
        return kind;
      }
    }
    return null;
  }
}
