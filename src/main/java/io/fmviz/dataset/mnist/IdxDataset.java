package io.fmviz.dataset.mnist;

import io.fmviz.base.Numbers;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Dataset;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.Split;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MNIST or Fashion-MNIST from a folder of IDX files: directly in the folder or where torchvision
 * keeps them ({@code MNIST/raw}, {@code FashionMNIST/raw}), under any name that {@link IdxFolder}
 * knows.
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

  /** Whether the files of some parts are there, unread. */
  boolean isPresent(Collection<Split> splits) {
    return splits.stream().allMatch(split -> find(split).isPresent());
  }

  /**
   * What is there that looks like an IDX file: a folder meant to hold some, if perhaps not these.
   */
  List<Path> lookalikes() {
    return folders().stream().flatMap(f -> f.lookalikes().stream()).toList();
  }

  /**
   * The files of some parts that are nowhere, and under which names and where they are looked for.
   */
  String wanted(Collection<Split> splits) {
    List<String> names =
        splits.stream()
            .filter(split -> find(split).isEmpty())
            .flatMap(split -> Stream.of(IdxFolder.imagesOf(split), IdxFolder.labelsOf(split)))
            .toList();
    return "%s (with .gz or without, also as %s, in capitals or not) into %s or %s"
        .formatted(
            String.join(", ", names),
            names.get(0).replace("-idx", ".idx"),
            folder,
            source.downloadFolder(folder));
  }

  @Override
  public LabeledImages load(Split split) {
    Pair files =
        find(split)
            .orElseThrow(
                () ->
                    new UserException(
                        "%s's %s images are not in %s: put %s"
                            .formatted(name(), split, folder, wanted(List.of(split)))));
    Idx images = Idx.read(files.images(), SIDE, SIDE);
    Idx labels = Idx.read(files.labels());
    int count = images.dimensions()[0];
    if (count != labels.data().length) {
      throw new UserException(
          "%s holds %s, but %s holds %s"
              .formatted(
                  files.images(),
                  Numbers.count(count, "image"),
                  files.labels(),
                  Numbers.count(labels.data().length, "label")));
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
          Settings.named("%s holds %s, not %s: give {dataset} %s, or another folder with {data}")
              .formatted(file, other.id(), name(), other.id()));
    }
  }

  private Optional<Pair> find(Split split) {
    return folders().stream()
        .flatMap(
            f ->
                f
                    .file(IdxFolder.imagesOf(split))
                    .flatMap(i -> f.file(IdxFolder.labelsOf(split)).map(l -> new Pair(i, l)))
                    .stream())
        .findFirst();
  }

  private List<IdxFolder> folders() {
    return List.of(new IdxFolder(folder), new IdxFolder(source.downloadFolder(folder)));
  }

  private record Pair(Path images, Path labels) {}
}
