package io.fmviz.cli;

import io.fmviz.pipeline.PicturesRequest;
import io.fmviz.pipeline.Setup;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** Which checkpoint and images to take, where to compute, and where to write. */
final class CheckpointSetupOptions {
  @Mixin private CheckpointOptions network;
  @Mixin private DataOptions data;
  @Mixin private OutputOptions output;
  @Mixin private ComputeOptions compute;

  /**
   * The options as a record.
   *
   * @param pictures that take the place of a dataset's images; null for none
   * @param html whether a page is written too
   */
  Setup setup(PicturesRequest pictures, boolean html) {
    return new Setup(
        network.request(), data.request(pictures), output.request(html), compute.compute());
  }

  /** Where checkpoints are. */
  Path modelFolder() {
    return network.modelFolder();
  }
}
