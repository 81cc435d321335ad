package io.fmviz.cli.options;

import io.fmviz.cli.options.NetworkOptions.CheckpointOptions;
import io.fmviz.cli.options.OutputOptions.HtmlOption;
import io.fmviz.pipeline.PicturesRequest;
import io.fmviz.pipeline.Setup;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** Which network and images to take, where to compute, and where to write. */
public final class SetupOptions {
  @Mixin private NetworkOptions network;
  @Mixin private DataOptions data;
  @Mixin private OwnImageOptions pictures;
  @Mixin private OutputOptions output;
  @Mixin private HtmlOption page;
  @Mixin private ComputeOptions compute;

  public Setup setup() {
    return new Setup(
        network.request(),
        data.request(pictures.request()),
        output.request(page.html()),
        compute.compute());
  }

  /** The same where the network is one of the classifier's checkpoints. */
  public static final class CheckpointSetupOptions {
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
    public Setup setup(PicturesRequest pictures, boolean html) {
      return new Setup(
          network.request(), data.request(pictures), output.request(html), compute.compute());
    }

    /** Where checkpoints are. */
    public Path modelFolder() {
      return network.modelFolder();
    }
  }
}
