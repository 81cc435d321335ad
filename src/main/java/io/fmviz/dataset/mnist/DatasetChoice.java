package io.fmviz.dataset.mnist;

import io.fmviz.base.Require;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What {@code --dataset} takes. */
public enum DatasetChoice {
  AUTO,
  MNIST,
  FASHION_MNIST,
  SYNTHETIC;

  /** So many files are named in a message. */
  private static final int MANY = 4;

  /**
   * The choice of a dataset's name, {@code fashion-mnist}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DatasetChoice named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The name on the command line: {@code fashion-mnist}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Opens the dataset, downloading it if what is needed of it is not in the folder.
   *
   * @param folder where IDX files are looked for and downloaded to
   * @param needed the parts that will be loaded
   * @param notice gets a line before a download
   * @throws UserException if it is neither there nor can be downloaded
   */
  public OpenedDataset open(Path folder, Collection<Split> needed, Consumer<String> notice) {
    return open(folder, needed, notice, DatasetDownload.standard());
  }

  /**
   * The dataset, if what is needed of it is in the folder; else synthetic digits.
   *
   * @param needed the part that will be loaded
   */
  public OpenedDataset onDisk(Path folder, Split needed) {
    if (this != SYNTHETIC) {
      IdxSource source = this == FASHION_MNIST ? IdxSource.FASHION_MNIST : IdxSource.MNIST;
      IdxDataset dataset = new IdxDataset(source, folder);
      if (dataset.isPresent(List.of(needed))) {
        return OpenedDataset.asAsked(dataset);
      }
    }
    return OpenedDataset.asAsked(new SyntheticDigits(SyntheticDigits.DEFAULT_SEED));
  }

  OpenedDataset open(
      Path folder, Collection<Split> needed, Consumer<String> notice, DatasetDownload download) {
    Require.that(
        this == SYNTHETIC || Files.isDirectory(folder) || !Files.exists(folder),
        "data",
        "takes a folder, and %s is not one",
        folder);
    return switch (this) {
      case SYNTHETIC -> OpenedDataset.asAsked(new SyntheticDigits(SyntheticDigits.DEFAULT_SEED));
      case MNIST ->
          OpenedDataset.asAsked(openIdx(IdxSource.MNIST, folder, needed, notice, download));
      case FASHION_MNIST ->
          OpenedDataset.asAsked(openIdx(IdxSource.FASHION_MNIST, folder, needed, notice, download));
      case AUTO -> openAuto(folder, needed, notice, download);
    };
  }

  private static OpenedDataset openAuto(
      Path folder, Collection<Split> needed, Consumer<String> notice, DatasetDownload download) {
    try {
      return OpenedDataset.asAsked(openIdx(IdxSource.MNIST, folder, needed, notice, download));
    } catch (UserException e) {
      // Who has put IDX files there doesn't want to look at others' digits.
      if (!new IdxDataset(IdxSource.MNIST, folder).lookalikes().isEmpty()) {
        throw e;
      }
      return new OpenedDataset(new SyntheticDigits(SyntheticDigits.DEFAULT_SEED), e.withoutHint());
    }
  }

  private static IdxDataset openIdx(
      IdxSource source,
      Path folder,
      Collection<Split> needed,
      Consumer<String> notice,
      DatasetDownload download) {
    IdxDataset dataset = new IdxDataset(source, folder);
    if (!dataset.isPresent(needed)) {
      notice.accept(
          "downloading %s from %s into %s"
              .formatted(source.id(), download.repository(), source.downloadFolder(folder)));
      download.fetch(source, folder, advice(dataset, needed));
    }
    return dataset;
  }

  /** What to do where files are neither there nor can be downloaded. */
  private static String advice(IdxDataset dataset, Collection<Split> needed) {
    List<Path> others = dataset.lookalikes();
    return Settings.named("put %s%s, or give {dataset} synthetic")
        .formatted(
            dataset.wanted(needed),
            others.isEmpty() ? "" : ", where there is " + shortList(others));
  }

  private static String shortList(List<Path> files) {
    return files.stream().limit(MANY).map(Path::toString).collect(Collectors.joining(", "))
        + (files.size() > MANY ? " and others" : "");
  }
}
