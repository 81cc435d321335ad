package io.fmviz.dataset;

import io.fmviz.base.UserException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** What {@code --dataset} takes. */
public enum DatasetChoice {
  AUTO,
  MNIST,
  FASHION_MNIST,
  SYNTHETIC;

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
   * Opens the dataset, downloading it if it is not in the folder.
   *
   * @param folder where IDX files are looked for and downloaded to
   * @param notice gets a line before a download
   * @throws UserException if it is neither there nor can be downloaded
   */
  public OpenedDataset open(Path folder, Consumer<String> notice) {
    return open(folder, notice, DatasetDownload.standard());
  }

  OpenedDataset open(Path folder, Consumer<String> notice, DatasetDownload download) {
    return switch (this) {
      case SYNTHETIC -> OpenedDataset.asAsked(new SyntheticDigits(SyntheticDigits.DEFAULT_SEED));
      case MNIST -> OpenedDataset.asAsked(openIdx(IdxSource.MNIST, folder, notice, download));
      case FASHION_MNIST ->
          OpenedDataset.asAsked(openIdx(IdxSource.FASHION_MNIST, folder, notice, download));
      case AUTO -> openAuto(folder, notice, download);
    };
  }

  private static OpenedDataset openAuto(
      Path folder, Consumer<String> notice, DatasetDownload download) {
    IdxDataset mnist = new IdxDataset(IdxSource.MNIST, folder);
    if (mnist.isPresent()) {
      return OpenedDataset.asAsked(mnist);
    }
    try {
      return OpenedDataset.asAsked(openIdx(IdxSource.MNIST, folder, notice, download));
    } catch (UserException e) {
      if (mnist.isBegun()) {
        throw e;
      }
      return new OpenedDataset(new SyntheticDigits(SyntheticDigits.DEFAULT_SEED), e.withoutHint());
    }
  }

  private static IdxDataset openIdx(
      IdxSource source, Path folder, Consumer<String> notice, DatasetDownload download) {
    IdxDataset dataset = new IdxDataset(source, folder);
    if (!dataset.isPresent()) {
      notice.accept(
          "downloading %s from %s into %s"
              .formatted(source.id(), download.repository(), source.downloadFolder(folder)));
      download.fetch(source, folder);
    }
    return dataset;
  }
}
