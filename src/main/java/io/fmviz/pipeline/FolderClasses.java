package io.fmviz.pipeline;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which of a network's classes the folders of some pictures stand for.
 *
 * @param names of the network's classes, or of the folders where these are all that is known; empty
 *     for none
 * @param classOfFolder by the folders' order; null where it isn't known
 * @param said how folders and classes were brought together, if that is not by their names
 * @param unlabelled why it isn't known what the pictures show, and what to do; null if it is known
 */
record FolderClasses(List<String> names, int[] classOfFolder, String said, String unlabelled) {
  private static final int MOST_NAMED = 3;

  /**
   * Brings them together: by name; by order only where no names are known and the counts agree.
   *
   * @param folders sorted by name; none where the pictures lie in no folders of classes
   * @param names of the network's classes; empty where they aren't known
   */
  static FolderClasses of(List<String> folders, List<String> names, Network network) {
    if (folders.isEmpty()) {
      return new FolderClasses(
          names,
          null,
          null,
          "they are not in class folders; give a folder that has a folder for each class");
    }
    int[] found = names.isEmpty() ? new int[0] : byName(folders, names);
    if (!names.isEmpty() && Arrays.stream(found).allMatch(c -> c >= 0)) {
      return new FolderClasses(names, found, null, null);
    }
    if (folders.size() == network.classes()) {
      int[] order = new int[folders.size()];
      Arrays.setAll(order, i -> i);
      return new FolderClasses(
          names.isEmpty() ? folders : names,
          order,
          "folders are the network's classes by their order, %s is class 0"
              .formatted(UserException.oneLine(folders.get(0))),
          null);
    }
    return new FolderClasses(names, null, null, problem(folders, names, found, network));
  }

  private static String problem(
      List<String> folders, List<String> names, int[] found, Network network) {
    if (names.isEmpty()) {
      return Settings.named(
              "%d folders can't be the %d classes of %s, whose names aren't known; give {classNames}")
          .formatted(folders.size(), network.classes(), network.location());
    }
    List<String> strange =
        IntStream.range(0, folders.size())
            .filter(i -> found[i] < 0)
            .mapToObj(folders::get)
            .toList();
    return Settings.named(
            "%s %s not among the classes of %s; name folders after its classes, or give {classNames}")
        .formatted(
            String.join(", ", strange.subList(0, Math.min(MOST_NAMED, strange.size())))
                + (strange.size() > MOST_NAMED ? " and others" : ""),
            strange.size() == 1 ? "is" : "are",
            network.location());
  }

  /** The class of each folder; -1 for none. */
  private static int[] byName(List<String> folders, List<String> names) {
    Map<String, Integer> classes = new HashMap<>();
    for (int c = 0; c < names.size(); c++) {
      // ImageNet's names are lists: "tench, Tinca tinca". The first that has a name keeps it.
      classes.putIfAbsent(plain(names.get(c)), c);
      for (String synonym : names.get(c).split(",", -1)) {
        classes.putIfAbsent(plain(synonym), c);
      }
    }
    return folders.stream().mapToInt(folder -> classes.getOrDefault(plain(folder), -1)).toArray();
  }

  private static String plain(String name) {
    return name.strip().replace('_', ' ').toLowerCase(Locale.ROOT);
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
