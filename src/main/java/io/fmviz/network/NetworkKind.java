package io.fmviz.network;

import io.fmviz.dataset.photo.DeclaredInput;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.ReadingChoice;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A kind of network: which files are of it, what opens them, and what else it takes. It has no
 * state: all of one class are equal, on whatever machine.
 */
public interface NetworkKind extends Serializable {
  /** How a network's pictures are read. */
  @FunctionalInterface
  interface Reading {
    /**
     * Decides it for a network.
     *
     * @param input that takes its pictures
     * @param file beside which settings may lie; null where none are looked for
     * @param metadata what the network says of itself
     */
    Preprocessing of(DeclaredInput input, Path file, Map<String, String> metadata);

    /** As somebody chooses; what they leave open, the network and what lies beside it say. */
    static Reading asChosen(ReadingChoice choice) {
      return (input, file, metadata) -> Preprocessing.resolve(choice, input, file, metadata);
    }

    /** As was decided elsewhere for the same network. */
    static Reading decided(Preprocessing reading) {
      return (input, file, metadata) -> reading;
    }
  }

  /** Whether a file is of this kind, as far as its name tells. */
  boolean recognizes(String name);

  /**
   * The file that is meant by a name.
   *
   * @param folder of checkpoints; null where none is known
   */
  default Path find(String name, Path folder) {
    return Path.of(name);
  }

  /**
   * Reads a network.
   *
   * @param location where a person has the file, which may be a copy
   * @param answer which of its outputs is the answer
   * @throws io.fmviz.base.UserException if the file can't be read, or holds none of this kind
   */
  Network open(Path file, String location, Reading reading, AnswerChoice answer);

  /** What files are called that may lie beside one and be read with it. */
  default List<String> beside(String file) {
    return List.of();
  }

  /**
   * Whether libtorch runs it, half a second to load and 111 MB to send: it is loaded while options
   * are parsed. Another engine is begun to be loaded as a file is opened.
   */
  boolean isOnTorch();
}
