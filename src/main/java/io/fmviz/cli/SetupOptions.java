package io.fmviz.cli;

import io.fmviz.pipeline.Setup;
import picocli.CommandLine.Mixin;

/** Which network and images to take, where to compute, and where to write. */
final class SetupOptions {
  @Mixin private NetworkOptions network;
  @Mixin private DataOptions data;
  @Mixin private OwnImageOptions pictures;
  @Mixin private OutputOptions output;
  @Mixin private HtmlOption page;
  @Mixin private ComputeOptions compute;

  Setup setup() {
    return new Setup(
        network.request(),
        data.request(pictures.request()),
        output.request(page.html()),
        compute.compute());
  }
}
