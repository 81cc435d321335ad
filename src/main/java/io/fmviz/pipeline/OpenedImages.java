package io.fmviz.pipeline;

import static java.util.stream.Collectors.toSet;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.PassedOver;
import io.fmviz.dataset.Split;
import io.fmviz.network.Network;
import io.fmviz.report.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The images that a command looks at.
 *
 * @param dataset where they are from; null for a user's pictures
 * @param pictures what is known of these; null for a dataset's
 */
public record OpenedImages(Images images, DatasetPart dataset, Pictures pictures) {
  private static final String NEEDS_LABELS = " needs to know what the pictures show: ";

  /**
   * A part of a dataset.
   *
   * @param fallbackReason why the synthetic digits stand in for MNIST, or null if they don't
   */
  public record DatasetPart(String name, Split split, String fallbackReason) {}

  /**
   * What is known of pictures.
   *
   * @param request for them
   * @param reading how they are read, for people
   * @param readingFacts likewise, for manifests
   * @param classes what is known of what they show
   */
  public record Pictures(
      PicturesRequest request, String reading, Map<String, Object> readingFacts, Classes classes) {
    /**
     * What is known of what pictures show.
     *
     * @param names of the network's classes; empty where these aren't known, whatever folders are
     *     called
     * @param by what folders were taken for classes, {@code names}, {@code numbers} or {@code
     *     order}; null where they weren't
     * @param unlabelled why it isn't known what they show, and what to do; null if it is known
     */
    public record Classes(List<String> names, String by, String unlabelled) {}
  }

  /** One part of a dataset. */
  public static OpenedImages of(OpenedDataset opened, Split split) {
    return new OpenedImages(
        opened.dataset().load(split),
        new DatasetPart(opened.dataset().name(), split, opened.fallbackReason()),
        null);
  }

  /**
   * What a network is to look at: pictures, if any are asked for; else the one part of a dataset,
   * of which no other need be there.
   *
   * @throws InvalidValueException if there are no pictures, and no dataset is of the network's form
   */
  public static OpenedImages of(DataRequest data, Split split, Network network, Progress progress) {
    if (data.pictures() != null) {
      return OpenedPictures.open(data.pictures(), network, progress);
    }
    if (!Fit.isDatasets(network)) {
      throw new InvalidValueException(
          "image",
          "is needed: %s takes pictures of %d x %d pixels with %s, and no dataset has such"
              .formatted(
                  network.location(),
                  network.input().height(),
                  network.input().width(),
                  Text.count(network.input().channels(), "channel")));
    }
    return of(data.open(progress, split), split);
  }

  /**
   * A dataset's test images without a download: synthetic digits where it isn't there.
   *
   * @throws UserException if its files can't be read
   */
  public static OpenedImages onDisk(DataRequest data) {
    return of(data.choice().onDisk(data.folder(), Split.TEST), Split.TEST);
  }

  /** The first so many of them; null for all. */
  public OpenedImages first(Integer limit) {
    return limit == null ? this : new OpenedImages(images.first(limit), dataset, pictures);
  }

  public boolean isDataset() {
    return dataset != null;
  }

  /** Whether a person says what the classes are called. */
  boolean hasClassNames() {
    return pictures != null && pictures.request().classNames() != null;
  }

  /** What the network's classes are called, as far as the images tell; else empty. */
  public List<String> classNames() {
    return pictures == null ? images.classNames() : pictures.classes().names();
  }

  /** By what folders were taken for classes; null where they weren't. */
  public String classesBy() {
    return pictures == null ? null : pictures.classes().by();
  }

  /** Whether folders were taken for classes by their order: a guess. */
  public boolean isByOrder() {
    return FolderClasses.BY_ORDER.equals(classesBy());
  }

  /** What the images are called: {@code mnist}, {@code files}. */
  public String name() {
    return isDataset() ? dataset.name() : "files";
  }

  /** What the dataset is called; null for pictures. */
  public String datasetName() {
    return isDataset() ? dataset.name() : null;
  }

  /** So many of them: {@code 10,000 test images of mnist}, {@code 20 pictures}. */
  public String text(int count) {
    return isDataset()
        ? "%s of %s".formatted(Text.count(count, dataset.split() + " image"), dataset.name())
        : Text.count(count, "picture");
  }

  /** So many that were chosen of them: {@code 20 images of mnist}, {@code 3 images}. */
  public String chosen(int count) {
    return Text.count(count, "image") + (isDataset() ? " of " + dataset.name() : "");
  }

  /** One of them: {@code image 7 of mnist}, or the picture's file. */
  public String one(int index) {
    String source = images.source(index);
    return source != null
        ? source
        : "image %d%s".formatted(index + 1, isDataset() ? " of " + dataset.name() : "");
  }

  /** The same where others are left out: {@code photos/a.png, picture 1 of 5}. */
  public String oneOfMany(int index) {
    return images.source(index) == null || images.count() == 1
        ? one(index)
        : String.format(
            Locale.ROOT, "%s, picture %,d of %,d", one(index), index + 1, images.count());
  }

  /** The first image, but for those that are known to be broken; counted from 0. */
  public int firstRead() {
    Set<Integer> broken = images.passedOver().stream().map(PassedOver::index).collect(toSet());
    return IntStream.range(0, images.count())
        .filter(i -> !broken.contains(i))
        .findFirst()
        .orElse(0);
  }

  /** The label of an image, counted from 0; null if it has none. */
  public Integer label(int index) {
    return images.isLabeled(index) ? images.label(index) : null;
  }

  /**
   * Refuses images of which it isn't known what they show.
   *
   * @param what needs it
   */
  public void requireLabels(String what) {
    if (lacksLabels()) {
      throw new UserException(what + NEEDS_LABELS + pictures.classes().unlabelled());
    }
  }

  /**
   * Refuses a value that can't be given where it isn't known what images show.
   *
   * @param value its name, {@code misclassified}
   */
  public void requireLabelsFor(String value) {
    if (lacksLabels()) {
      throw new InvalidValueException(
          Settings.named("{" + value + "}") + NEEDS_LABELS + pictures.classes().unlabelled());
    }
  }

  private boolean lacksLabels() {
    return pictures != null && pictures.classes().unlabelled() != null;
  }

  /** As in a manifest's options: nothing for a dataset's images. */
  public Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    if (pictures != null) {
      options.putAll(pictures.request().options());
      options.put("reading", pictures.readingFacts());
      if (classesBy() != null) {
        options.put("classesBy", classesBy());
      }
    }
    return options;
  }
}
