package io.fmviz.pipeline;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.PassedOver;
import io.fmviz.dataset.file.PictureFileImages;
import io.fmviz.dataset.photo.ClassNames;
import io.fmviz.dataset.photo.PictureFiles;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.ReadingChoice;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.report.Text;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Opens a user's pictures for a network. */
final class OpenedPictures {
  private static final int MOST_NAMED = 3;

  private OpenedPictures() {}

  static OpenedImages open(PicturesRequest request, Network network, Progress progress) {
    PictureFiles files = PictureFiles.list(request.paths(), new ListedFiles());
    tellOfOwn(files.own(), progress);
    Preprocessing reading = reading(network);
    List<String> names =
        request.classNames() == null ? network.classNames() : classNames(request, network);
    FolderClasses classes = FolderClasses.of(files.folders(), names, network);
    PictureFileImages.Labelled labelled =
        new PictureFileImages.Labelled(
            files.files(), classes.labels(files.labels()), classes.names());
    Images images = new PictureReader(reading).files(labelled, request.invert());
    requireOne(images);
    String said = classes.said();
    String text =
        said == null
            ? reading.text()
            : classes.isByOrder() ? said + "; " + reading.text() : reading.text() + "; " + said;
    return new OpenedImages(
        images,
        null,
        new OpenedImages.Pictures(
            request,
            text,
            reading.facts(),
            new OpenedImages.Pictures.Classes(names, classes.by(), classes.unlabelled())));
  }

  private static void tellOfOwn(List<Path> folders, Progress progress) {
    if (!folders.isEmpty()) {
      progress.note(
          "the pictures that fmviz made in %s are passed over: %s%s"
              .formatted(
                  Text.count(folders.size(), "folder"),
                  folders.stream()
                      .limit(MOST_NAMED)
                      .map(Path::toString)
                      .collect(Collectors.joining(", ")),
                  folders.size() > MOST_NAMED ? " and others" : ""));
    }
  }

  /** As the network says; one that has never said it is the classifier. */
  private static Preprocessing reading(Network network) {
    InputForm form = network.input();
    return form.reading() != null
        ? form.reading()
        : ClassifierNetwork.digits(NetworkKind.Reading.asChosen(ReadingChoice.NONE), form);
  }

  private static List<String> classNames(PicturesRequest request, Network network) {
    List<String> names = ClassNames.read(request.classNames());
    if (network.classes() > 0 && names.size() != network.classes()) {
      throw new UserException(
          "%s has %s, but %s tells %s apart: give one for each, in the network's order"
              .formatted(
                  request.classNames(),
                  Text.count(names.size(), "name"),
                  network.location(),
                  Text.count(network.classes(), "class")));
    }
    return names;
  }

  /** Looks for one picture that can be read, before anything is done for the others. */
  private static void requireOne(Images images) {
    if (!images.isLazy()) {
      return;
    }
    FloatBuffer values = FloatBuffer.allocate(images.size());
    for (int i = 0; i < images.count(); i++) {
      try {
        images.copyTo(values, i);
        return;
      } catch (UserException e) {
        if (images.count() == 1) {
          throw e;
        }
        images.passOver(i, e.getMessage());
      }
    }
    PassedOver first = images.passedOver().get(0);
    throw new UserException(
        "none of %s can be read: %s"
            .formatted(Text.count(images.count(), "picture"), first.reason()));
  }
}
