package io.fmviz.pipeline.visualize;

import io.fmviz.base.Threads;
import io.fmviz.dataset.Images;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.Pictures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Writes the files of images, each with its page if pages are wanted, on several threads, beside
 * the network that makes the next ones.
 */
final class SampleWriters implements AutoCloseable {
  private final Answers answers;
  private final MapsWriter maps;

  /** Null where no pages are wanted. */
  private final SamplePage page;

  private final ExecutorService threads;
  private final BlockingQueue<PngWriter> idle = new LinkedBlockingQueue<>();
  private final Deque<Future<Written>> pending = new ArrayDeque<>();

  /**
   * Threads that wait for images.
   *
   * @param page null where no pages are wanted
   */
  SampleWriters(Answers answers, MapsWriter maps, SamplePage page, int count) {
    this.answers = answers;
    this.maps = maps;
    this.page = page;
    threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) {
      idle.add(new PngWriter());
    }
  }

  /**
   * What the network made of one image.
   *
   * @param images that it is of
   * @param logits empty where there are none
   * @param maps for each of what is wanted
   */
  record Captured(Images images, AnsweredImage image, float[] logits, List<FeatureMaps> maps) {
    private int index() {
      return image.index() - 1;
    }
  }

  /**
   * One image whose files are written.
   *
   * @param row of the folder's page; null where no page is wanted
   */
  record Written(VisualizedSample sample, SampleRows.SampleRow row) {}

  /** Has one image written, when a thread is free. */
  void submit(Captured captured) {
    pending.add(
        threads.submit(
            () -> {
              PngWriter png = idle.take();
              try {
                return write(captured, png);
              } finally {
                idle.add(png);
              }
            }));
  }

  /** How many images were submitted and not asked for yet. */
  int pending() {
    return pending.size();
  }

  /** Waits for the first of them, in the order in which they were submitted. */
  Written next() {
    return Threads.result(pending.remove());
  }

  private Written write(Captured captured, PngWriter png) {
    Images images = captured.images();
    int index = captured.index();
    String title = images.title(index);
    Supplier<RgbImage> picture = () -> Pictures.of(images.picture(index));
    VisualizedSample sample =
        new VisualizedSample(
            captured.image(),
            maps.write(title, captured.maps(), picture, png),
            images.reading(index));
    if (page == null) {
      return new Written(sample, null);
    }
    page.write(title, sample, captured.logits(), captured.maps(), picture, png);
    SampleRows.Thumbnail small = SampleRows.Thumbnail.of(images, index);
    return new Written(sample, SampleRows.SampleRow.of(title, captured.image(), answers, small));
  }

  /** Ends what is under way, so that nothing is written any more. */
  @Override
  public void close() {
    Threads.end(threads);
    idle.forEach(PngWriter::close);
  }
}
