package io.fmviz.pipeline.visualize;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.base.Settings;
import org.junit.jupiter.api.Test;

class ManyFilesTest {
  @Test
  void areAnnouncedFrom501On() {
    assertThat(VisualizePipeline.many(20, 25)).isNull();
    assertThat(VisualizePipeline.many(3, 167))
        .isEqualTo(
            Settings.named(
                "501 files are going to be written for 3 images: {layers} and {samples} take"
                    + " fewer"));
    assertThat(Settings.bare(VisualizePipeline.many(1, 1501)))
        .isEqualTo(
            "1,501 files are going to be written for 1 image: layers and samples take fewer");
  }
}
