package io.fmviz.dataset;

import io.fmviz.base.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * MNIST or Fashion-MNIST from a folder of IDX files: directly in the folder or where torchvision
 * keeps them ({@code MNIST/raw}, {@code FashionMNIST/raw}), gzipped or not.
 */
final class IdxDataset implements Dataset {
  static final int SIDE = 28;

  private final IdxSource source;
  private final Path folder;

  IdxDataset(IdxSource source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  @Override
  public String name() {
    return source.id();
  }

  /** Whether the files of both parts are there, unread. */
  boolean isPresent() {
    return Arrays.stream(Split.values()).allMatch(split -> find(split).isPresent());
  }

  /** Whether any file is there: a folder meant to hold the dataset, if perhaps not whole. */
  boolean isBegun() {
    return Arrays.stream(Split.values())
        .flatMap(split -> List.of(split.imagesFile(), split.labelsFile()).stream())
        .anyMatch(name -> folders().stream().anyMatch(f -> locate(f, name).isPresent()));
  }

  @Override
  public LabeledImages load(Split split) {
    Pair files =
        find(split)
            .orElseThrow(
                () ->
                    new UserException(
                        "%s is not in %s: %s and %s (or their .gz) are missing there and in %s"
                            .formatted(
                                name(),
                                folder,
                                split.imagesFile(),
                                split.labelsFile(),
                                source.downloadFolder(folder))));
    Idx images = Idx.read(files.images(), SIDE, SIDE);
    Idx labels = Idx.read(files.labels());
    int count = images.dimensions()[0];
    if (count != labels.data().length) {
      throw new UserException(
          "%s holds %d images, but %s holds %d labels"
              .formatted(files.images(), count, files.labels(), labels.data().length));
    }
    checkLabels(files.labels(), split, labels.data());
    return LabeledImages.ofTen(images.data(), labels.data(), SIDE, SIDE);
  }

  private void checkLabels(Path file, Split split, byte[] labels) {
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] & 0xff;
      if (label >= CLASSES) {
        throw new UserException(
            "%s holds the label %d at byte %d; labels are 0 to 9".formatted(file, label, 8 + i));
      }
    }
    IdxSource other = source == IdxSource.MNIST ? IdxSource.FASHION_MNIST : IdxSource.MNIST;
    if (other.beginsLike(split, labels)) {
      throw new UserException(
          "%s holds %s, not %s: give {dataset} %s, or another folder with {data}"
              .formatted(file, other.id(), name(), other.id()));
    }
  }

  private Optional<Pair> find(Split split) {
    return folders().stream()
        .flatMap(
            f ->
                locate(f, split.imagesFile())
                    .flatMap(i -> locate(f, split.labelsFile()).map(l -> new Pair(i, l)))
                    .stream())
        .findFirst();
  }

  private List<Path> folders() {
    return List.of(folder, source.downloadFolder(folder));
  }

  private static Optional<Path> locate(Path folder, String name) {
    return List.of(folder.resolve(name), folder.resolve(name + ".gz")).stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private record Pair(Path images, Path labels) {}
}
