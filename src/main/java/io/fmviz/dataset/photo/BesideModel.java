package io.fmviz.dataset.photo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that comes with a model.
 *
 * @param title what people know it as, from the model's folder on
 * @param isBeside false for one that lies a folder up
 */
record BesideModel(Path file, String title, boolean isBeside) {
  /**
   * Looks beside a model, then one folder up: optimum and transformers.js write {@code
   * onnx/model.onnx} below the files that say what it is.
   */
  static Optional<BesideModel> find(Path model, String name) {
    Path beside = model.resolveSibling(name);
    if (Files.isRegularFile(beside)) {
      return Optional.of(new BesideModel(beside, name, true));
    }
    Path above = model.toAbsolutePath().normalize().getParent().getParent();
    return above == null || !Files.isRegularFile(above.resolve(name))
        ? Optional.empty()
        : Optional.of(new BesideModel(above.resolve(name), "../" + name, false));
  }
}
