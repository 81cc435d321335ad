package io.fmviz.spark;

import io.fmviz.dataset.Images;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.file.PictureFileImages;
import io.fmviz.network.Session;
import io.fmviz.pipeline.PictureReader;
import io.fmviz.probe.NoneReadException;
import io.fmviz.probe.Statistic;
import io.fmviz.spark.files.HadoopStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;

/** What an executor does with a part. */
final class PartitionTask {
  private PartitionTask() {}

  /** Makes a statistic of a part. */
  static <S extends Statistic<S>> PartitionResult<S> run(PartitionJob<S> work, Partition part) {
    // As the driver: numbers in messages must not change their points with the country.
    Locale.setDefault(Locale.ROOT);
    System.setProperty("java.awt.headless", "true");
    return Networks.use(
        work.network(), work.reader().threads(), session -> gathered(work, part, session));
  }

  private static <S extends Statistic<S>> PartitionResult<S> gathered(
      PartitionJob<S> work, Partition part, Session session) {
    Images images = images(work, part);
    int[] order = IntStream.range(part.first(), part.first() + part.count()).toArray();
    S statistic;
    try {
      statistic = work.pass().run(session, images, order, (done, total) -> {});
    } catch (NoneReadException e) {
      // Another part may have some.
      statistic = work.pass().run(session, images, new int[0], (done, total) -> {});
    }
    int broken = images.passedOver().size();
    return new PartitionResult<>(
        statistic, part.count() - broken, images.passedOver(), images.doubts());
  }

  private static Images images(PartitionJob<?> work, Partition part) {
    Partition.Content content = part.content();
    if (content.sources() == null) {
      Images images =
          new LabeledImages(
              content.pixels(), content.labels(), List.of(), content.height(), content.width());
      return new PartitionImages(
          images, part.first(), PartitionImages.Places.NONE, work.reader().threads());
    }
    HadoopStore store = new HadoopStore(() -> work.hadoop().value().value());
    Path base = Path.of(work.base());
    List<Path> files =
        Arrays.stream(content.sources())
            .map(store::path)
            .map(file -> HadoopStore.isRemote(file) ? file : base.resolve(file))
            .toList();
    PictureFileImages.Labelled labelled =
        new PictureFileImages.Labelled(files, content.labels(), List.of());
    Images images =
        new PictureReader(work.network().reading()).files(labelled, work.reader().invert());
    boolean isLastTry = TaskContext.get().attemptNumber() + 1 >= work.reader().tries();
    return new PartitionImages(
        images,
        part.first(),
        new PartitionImages.Places(
            files.stream().map(Path::toString).toList(), content.sources(), isLastTry),
        work.reader().threads());
  }
}
