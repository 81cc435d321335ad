package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.cli.Typed;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ONNX file and a person's photographs, as they are typed. */
class OnnxCommandsTest {
  private static final String READ =
      "pictures are read as: crop to 16 x 16 of 18 (crop-pct 0.8889), bilinear, RGB, range 1, mean imagenet, std imagenet (all: a guess)";

  @TempDir private Path folder;
  private Path model;
  private Path photos;

  private static Path resource(String name) {
    try {
      return Path.of(OnnxCommandsTest.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Two pictures of bees, one of an eel, and a file that is no picture. */
  @BeforeEach
  void network() throws IOException {
    model = Files.copy(resource("onnx/folded.onnx"), folder.resolve("model.onnx"));
    photos = folder.resolve("photos");
    for (String each : new String[] {"bee/color.png", "bee/full.jpg", "eel/alpha.webp"}) {
      Path photo = photos.resolve(each);
      Files.createDirectories(photo.getParent());
      Files.copy(resource("photo/" + photo.getFileName()), photo);
    }
    Files.writeString(photos.resolve("eel/broken.png"), "no picture");
  }

  private void named() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        "{\"label_names\":[\"ant\",\"bee\",\"cat\",\"dog\",\"eel\"]}");
  }

  private Typed fmviz(String command, String... more) {
    String[] all = new String[3 + more.length];
    all[0] = command;
    all[1] = "--model=" + model;
    all[2] = "--image=" + photos;
    System.arraycopy(more, 0, all, 3, more.length);
    return Typed.fmviz(folder, all);
  }

  private String passedOver() {
    return "%s%nfmviz: WARNING: 1 picture could not be read and was passed over: %s is not a picture: it begins like no PNG, JPEG, GIF, BMP, WebP or TIFF; save it again as a PNG or JPEG%n"
        .formatted(READ, photos.resolve("eel/broken.png"));
  }

  @Test
  void evaluatesByTheNamesBesideTheModel() throws IOException {
    named();
    Typed typed = fmviz("evaluate");
    assertThat(typed.err()).isEqualTo(passedOver());
    assertThat(typed.exit()).isZero();
    assertThat(typed.out().replaceFirst("[0-9.]+ s", "# s"))
        .isEqualTo(
            """
            %s on 3 pictures: accuracy 0.00 %% (0 of 3), mean loss 4.2253, # s
            label \\ predicted  0  1  2  3  4
                        0 ant  0  0  0  0  0
                        1 bee  0  0  0  2  0
                        2 cat  0  0  0  0  0
                        3 dog  0  0  0  0  0
                        4 eel  0  0  0  1  0
            """
                .formatted(model));
  }

  @Test
  void folderNamesMustBeTheClasses() throws IOException {
    Typed typed = fmviz("evaluate");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err())
        .isEqualTo(
            "%s%nfmviz: evaluate needs to know what the pictures show: 2 folders can't be the 5 classes of %s, whose names aren't known; give --class-names%n"
                .formatted(READ, model));
  }

  @Test
  void aChoiceByWhatPicturesShowIsWrongWhereNobodyKnowsIt() throws IOException {
    for (String choice : new String[] {"--misclassified", "--class=1"}) {
      Typed typed = fmviz("visualize", choice, "--out=" + folder.resolve("out"));
      assertThat(typed.exit()).isEqualTo(2);
      assertThat(typed.err())
          .endsWith(
              "fmviz: %s needs to know what the pictures show: 2 folders can't be the 5 classes of %s, whose names aren't known; give --class-names (see fmviz visualize --help)%n"
                  .formatted(choice.replace("=1", ""), model));
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void choosesByTheNameOfAClass() throws IOException {
    named();
    Typed typed =
        fmviz("visualize", "--class=eel", "--layers=ReLU_1", "--out=" + folder.resolve("out"));
    assertThat(typed.err()).isEqualTo(passedOver());
    assertThat(typed.out().replaceFirst("[0-9.]+ s", "# s").replace(folder.toString(), "$DIR"))
        .isEqualTo(
            """
            $DIR/photos/eel/alpha.webp: predicted 3 dog, 71.11 %
            1 picture of 1 image in $DIR/out, # s; look at $DIR/out/index.html
            """);
  }

  @Test
  void takesTheFirstPictureThatCanBeReadAndSaysThatOthersAreLeftOut() throws IOException {
    Files.move(photos.resolve("eel/broken.png"), photos.resolve("bee/a.png"));
    String[] options = {"--layers=ReLU_1", "--out=" + folder.resolve("out")};
    Typed typed = fmviz("ablate", options);
    String taken = photos.resolve("bee/color.png").toString();
    assertThat(typed.out()).startsWith(taken + ", picture 2 of 4: predicted 3 with logit ");
    assertThat(typed.err())
        .startsWith(
            READ
                + "%nthe other 3 pictures are left out: --index takes another, --samples 4 all of them%n"
                    .formatted())
        .contains(
            "1 picture could not be read and was passed over: " + photos.resolve("bee/a.png"));
    Typed json =
        Typed.fmviz(
            folder,
            "ablate",
            "--json",
            "--quiet",
            "--force",
            "--model=" + model,
            "--image=" + photos,
            options[0],
            options[1]);
    JsonObject image =
        JsonParser.parseString(json.out()).getAsJsonObject().getAsJsonObject("image");
    assertThat(image.get("index").getAsInt()).isEqualTo(2);
    assertThat(image.get("source").getAsString()).isEqualTo(taken);
    assertThat(image.get("of").getAsInt()).isEqualTo(4);
  }

  @Test
  void tellsWhatAMapIsWorthForAPhotograph() throws IOException {
    named();
    Typed typed = fmviz("ablate", "--index=3", "--layers=ReLU_1", "--out=" + folder.resolve("out"));
    assertThat(typed.exit()).as(typed.err()).isEqualTo(0);
    assertThat(typed.out().replace(folder.toString(), "$DIR"))
        .startsWith(
            """
            $DIR/photos/eel/alpha.webp, picture 3 of 4 (a 4 eel): predicted 3 dog with logit 2.799
            with one map set to zero, the 5 of each layer that change that logit most:
             layer  channel  logit change  predicted
            ReLU_1        3        -0.619      3 dog
            ReLU_1        4        -0.526      3 dog
            ReLU_1        5        +0.061      3 dog
            """);
  }

  @Test
  void aPictureThatIsPassedOverIsInTheResult() throws IOException {
    named();
    JsonObject result =
        fmviz("visualize", "--json", "--layers=ReLU_1", "--out=" + folder.resolve("out")).json();
    JsonObject passedOver = result.getAsJsonArray("passedOver").get(0).getAsJsonObject();
    assertThat(passedOver.get("index").getAsInt()).isEqualTo(3);
    assertThat(passedOver.get("source").getAsString())
        .isEqualTo(photos.resolve("eel/broken.png").toString());
    assertThat(result.get("samples").getAsInt()).isEqualTo(3);
    assertThat(result.getAsJsonArray("predictions"))
        .extracting(each -> each.getAsJsonObject().get("predictedName").getAsString())
        .containsExactly("dog", "dog", "dog");
  }
}
