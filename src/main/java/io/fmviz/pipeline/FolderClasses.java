package io.fmviz.pipeline;

import io.fmviz.base.Nearest;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import io.fmviz.report.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which of a network's classes the folders of some pictures stand for.
 *
 * @param names that the labels stand for; of the folders where they are taken by their order; empty
 *     for none
 * @param classOfFolder by the folders' order; null where it isn't known
 * @param by {@code names}, {@code numbers} or {@code order}; null where it isn't known
 * @param said how folders and classes were brought together, if that is not by their names
 * @param unlabelled why it isn't known what the pictures show, and what to do; null if it is known
 */
record FolderClasses(
    List<String> names, int[] classOfFolder, String by, String said, String unlabelled) {
  static final String BY_NAMES = "names";
  static final String BY_NUMBERS = "numbers";
  static final String BY_ORDER = "order";

  private static final int MOST_NAMED = 3;

  /** Folders of these names are parts of a dataset, unless a class is called so. */
  private static final Set<String> PARTS =
      Set.of(
          "train",
          "training",
          "val",
          "valid",
          "validation",
          "test",
          "testing",
          "dev",
          "eval",
          "holdout");

  /**
   * Brings them together: where the classes' names are known, by these alone; else by the folders'
   * numbers, or by order where the counts agree.
   *
   * @param folders sorted by name; none where the pictures lie in no folders of classes
   * @param names of the network's classes; empty where they aren't known
   */
  static FolderClasses of(List<String> folders, List<String> names, Network network) {
    if (folders.isEmpty()) {
      return unlabelled(
          names, "they are not in class folders; give a folder that has a folder for each class");
    }
    return names.isEmpty() ? unnamed(folders, network) : named(folders, names, network);
  }

  private static FolderClasses unlabelled(List<String> names, String why) {
    return new FolderClasses(names, null, null, null, why);
  }

  private static FolderClasses named(List<String> folders, List<String> names, Network network) {
    ClassLookup lookup = new ClassLookup(names);
    List<ClassLookup.Found> found = folders.stream().map(lookup::find).toList();
    if (found.stream().allMatch(ClassLookup.Found::isOne)) {
      boolean areNumbers = found.stream().allMatch(ClassLookup.Found::isNumber);
      return new FolderClasses(
          names,
          found.stream().mapToInt(one -> one.classes().first()).toArray(),
          areNumbers ? BY_NUMBERS : BY_NAMES,
          areNumbers ? "folders are called by the classes' numbers" : null,
          null);
    }
    List<Integer> bad =
        IntStream.range(0, folders.size()).filter(i -> !found.get(i).isOne()).boxed().toList();
    List<String> strange =
        bad.stream().filter(i -> found.get(i).classes().isEmpty()).map(folders::get).toList();
    if (strange.isEmpty()) {
      int first = bad.get(0);
      return unlabelled(names, ambiguous(folders.get(first), found.get(first)));
    }
    return unlabelled(names, areParts(strange) ? parts(strange) : strange(strange, names, network));
  }

  private static FolderClasses unnamed(List<String> folders, Network network) {
    int[] numbers = ClassLookup.numbers(folders, network.classes());
    if (numbers != null) {
      List<String> all = IntStream.range(0, network.classes()).mapToObj(String::valueOf).toList();
      String said = "folders are called by the classes' numbers";
      return new FolderClasses(all, numbers, BY_NUMBERS, said, null);
    }
    if (areParts(folders)) {
      return unlabelled(List.of(), parts(folders));
    }
    if (folders.size() == network.classes()) {
      return new FolderClasses(
          folders,
          IntStream.range(0, folders.size()).toArray(),
          BY_ORDER,
          Settings.named(
                  "the folders are taken for the classes by their order, a guess ({classNames} says"
                      + " better): %s is class 0")
              .formatted(UserException.oneLine(folders.get(0))),
          null);
    }
    return unlabelled(
        List.of(),
        Settings.named("%s can't be the %s of %s, whose names aren't known; give {classNames}")
            .formatted(
                Text.count(folders.size(), "folder"),
                Text.count(network.classes(), "class"),
                network.location()));
  }

  private static boolean areParts(List<String> folders) {
    return folders.stream().allMatch(name -> PARTS.contains(name.toLowerCase(Locale.ROOT)));
  }

  private static String parts(List<String> folders) {
    return Settings.named("%s %s of a dataset, not %s; give {image} the folder of one part")
        .formatted(
            listed(folders),
            folders.size() == 1 ? "is a part" : "are parts",
            folders.size() == 1 ? "a class" : "classes");
  }

  private static String ambiguous(String folder, ClassLookup.Found found) {
    return "%s may be %s: put the number of the class before it, as in %d %s"
        .formatted(
            folder,
            found.classes().stream()
                .limit(MOST_NAMED)
                .map(label -> "class " + label)
                .collect(Collectors.joining(" or ")),
            found.classes().first(),
            folder);
  }

  private static String strange(List<String> strange, List<String> names, Network network) {
    return "%s %s not among the classes of %s; the nearest to %s are %s: %s"
        .formatted(
            listed(strange),
            strange.size() == 1 ? "is" : "are",
            network.location(),
            UserException.oneLine(strange.get(0)),
            String.join(", ", Nearest.ranked(strange.get(0), names, MOST_NAMED)),
            Settings.named("name folders after its classes, or give {classNames}"));
  }

  private static String listed(List<String> folders) {
    return String.join(", ", folders.subList(0, Math.min(MOST_NAMED, folders.size())))
        + (folders.size() > MOST_NAMED ? " and others" : "");
  }

  /** Whether that is a guess. */
  boolean isByOrder() {
    return BY_ORDER.equals(by);
  }

  /**
   * The classes of pictures.
   *
   * @param folderOf the folder of each; -1 for none
   * @return -1 for those of which it isn't known
   */
  int[] labels(int[] folderOf) {
    return Arrays.stream(folderOf)
        .map(folder -> folder < 0 || classOfFolder == null ? -1 : classOfFolder[folder])
        .toArray();
  }
}
