package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.Prediction;
import io.fmviz.dataset.Images;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.Pictures;
import io.fmviz.pipeline.Run;
import java.util.List;
import java.util.function.Supplier;

/** Everything that is written of one image: its files, and its page if pages are wanted. */
final class SampleJob {
  private final Run run;
  private final Answers answers;
  private final SampleWriter writer;
  private final List<WantedMaps> wanted;

  /** Null where no pages are wanted. */
  private final SamplePage page;

  SampleJob(Run run, Answers answers, SampleWriter writer, List<WantedMaps> wanted) {
    this.run = run;
    this.answers = answers;
    this.writer = writer;
    this.wanted = wanted;
    this.page = run.page().isWanted() ? new SamplePage(run, answers, writer, wanted) : null;
  }

  /**
   * What the network made of one image.
   *
   * @param index from 0
   * @param logits empty where there are none
   * @param maps for each of what is wanted
   */
  record Image(
      Images images, int index, Prediction prediction, float[] logits, List<FeatureMaps> maps) {}

  WrittenSample write(Image image, PngWriter png) {
    Images images = image.images();
    int index = image.index();
    String title = images.title(index);
    Supplier<RgbImage> picture = () -> Pictures.of(images.picture(index));
    VisualizedSample sample =
        new VisualizedSample(
            index + 1,
            images.source(index),
            run.opened().label(index),
            image.prediction(),
            writer.write(title, wanted, image.maps(), picture, png),
            images.reading(index));
    if (page == null) {
      return new WrittenSample(sample, null);
    }
    page.write(title, sample, image.logits(), image.maps(), picture, png);
    return new WrittenSample(sample, row(title, sample, SampleIndex.Thumbnail.of(images, index)));
  }

  private SampleIndex.Row row(
      String title, VisualizedSample sample, SampleIndex.Thumbnail picture) {
    return new SampleIndex.Row(
        title,
        sample.source(),
        sample.label(),
        sample.label() == null ? null : answers.nameOf(sample.label()),
        sample.prediction(),
        picture);
  }
}
