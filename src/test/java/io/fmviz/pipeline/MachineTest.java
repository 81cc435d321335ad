package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.cli.Typed;
import io.fmviz.network.Compute;
import io.fmviz.network.Session;
import io.fmviz.probe.Aggregation;
import io.fmviz.probe.Probe;
import io.fmviz.probe.Statistic;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that another machine carries out, part by part. */
class MachineTest {
  @TempDir private Path folder;

  /** Takes three images at a time, the last first, and merges what it finds. */
  private static final class Parts implements Machine {
    @Override
    public boolean isCluster() {
      return true;
    }

    @Override
    public Compute compute(Compute asked) {
      return Compute.onCpu(1);
    }

    @Override
    public boolean listsPassedOver() {
      return true;
    }

    @Override
    public <S extends Statistic<S>> S gather(
        Aggregation<S> pass, Session session, OpenedImages opened, int count, Probe.Ticker ticker) {
      S found = pass.run(session, opened.images(), new int[0], ticker);
      for (int to = count; to > 0; to -= 3) {
        int[] part = IntStream.range(Math.max(0, to - 3), to).toArray();
        found.merge(pass.run(session, opened.images(), part, ticker));
      }
      return found;
    }
  }

  @BeforeEach
  void photographs() throws IOException, URISyntaxException {
    Files.copy(resource("onnx/folded.onnx"), folder.resolve("model.onnx"));
    Files.writeString(folder.resolve("names.txt"), "ant\nbee\ncat\ndog\neel\n");
    for (String each : List.of("bee/color.png", "bee/full.jpg", "eel/alpha.webp")) {
      Path photo = folder.resolve("photos").resolve(each);
      Files.createDirectories(photo.getParent());
      Files.copy(resource("photo/" + photo.getFileName()), photo);
    }
    Files.writeString(folder.resolve("photos/eel/broken.png"), "no picture");
    for (int i = 0; i < 4; i++) {
      Files.copy(resource("photo/full.jpg"), folder.resolve("photos/bee/" + i + ".jpg"));
    }
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(MachineTest.class.getResource("/" + name).toURI());
  }

  private Typed typed(Machine machine, String command) {
    String line =
        command
            + " --model $DIR/model.onnx --image $DIR/photos --class-names $DIR/names.txt --quiet --json";
    return Typed.on(machine, folder, line.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dead --out $DIR/out",
        "top --count 3 --out $DIR/out",
        "evaluate",
        "ablate --samples 8 --out $DIR/out"
      })
  void findPartByPartWhatThisOneFinds(String command) {
    Typed here = typed(Machine.HERE, command);
    Typed there = typed(new Parts(), command);
    assertThat(there.exit()).as(there.err()).isZero();
    assertThat(plain(there.out())).isEqualTo(plain(here.out())).contains("\"passedOver\"");
    assertThat(there.err()).isEqualTo(here.err());
  }

  private static String plain(String json) {
    return json.replaceAll("\"(threads|seconds)\":[0-9.]+", "");
  }

  @Test
  void nameInAFileWhatTheyPassedOver() throws IOException {
    Path broken = folder.resolve("photos/eel/broken.png");
    assertThat(typed(new Parts(), "dead --out $DIR/out").exit()).isZero();
    assertThat(folder.resolve("out/passed-over.txt"))
        .hasContent(
            broken
                + "\t"
                + broken
                + " is not a picture: it begins like no PNG, JPEG, GIF, BMP, WebP or TIFF; save it again as a PNG or JPEG\n");
    assertThat(Files.readString(folder.resolve("out/manifest.json")))
        .contains("\"passed-over.txt\"");
    assertThat(typed(Machine.HERE, "dead --out $DIR/out").exit()).isZero();
    assertThat(folder.resolve("out/passed-over.txt")).doesNotExist();
  }

  @Test
  void refuseWhatTheyDoNotDo() {
    Typed typed = typed(new Parts(), "visualize");
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err())
        .isEqualTo(
            "fmviz: visualize is done on one machine, with fmviz.jar: a cluster does evaluate, dead, top, ablate (see fmviz visualize --help)%n"
                .formatted());
    assertThat(Typed.on(new Parts(), folder, "help", "visualize").exit()).isZero();
    assertThat(Typed.on(new Parts(), folder, "generate-completion").exit()).isZero();
  }
}
