package io.fmviz.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings one after the other in one model folder. */
class TwoTrainingsTest {
  private static final List<String> FIRST =
      List.of(
          "epoch_0.safetensors",
          "epoch_1.safetensors",
          "epoch_2.optimizer.safetensors",
          "epoch_2.safetensors",
          "train_log.jsonl");

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void nameTheModelFolder() {
    model = folder.resolve("m");
  }

  private Typed fmviz(String command, String... more) {
    return Typed.fmviz(
        folder,
        Stream.concat(
                Stream.of(command, "--quiet", "--dataset=synthetic", "--model-dir=$DIR/m"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private Typed train(String seed, String... more) {
    return fmviz(
        "train",
        Stream.concat(
                Stream.of(
                    "--limit-train=64",
                    "--limit-test=10",
                    "--base-channels=2",
                    "--threads=1",
                    "--seed=" + seed),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private Map<String, byte[]> bytes(Path below) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    for (String file : SmallNetwork.files(below)) {
      bytes.put(file, Files.readAllBytes(below.resolve(file)));
    }
    return bytes;
  }

  private void assertHolds(Path below, Map<String, byte[]> bytes) {
    bytes.forEach((file, content) -> assertThat(below.resolve(file)).hasBinaryContent(content));
  }

  @Test
  void theSecondSetsTheFirstAsideWhole() throws IOException {
    assertThat(train("1", "--epochs=3").exit()).isZero();
    Map<String, byte[]> first = bytes(model);
    assertThat(first).containsOnlyKeys(FIRST);
    Path pruned = Files.writeString(model.resolve("pruned.safetensors"), "mine");

    Typed second = train("2");
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(second.out())
        .containsOnlyOnce(
            "what an earlier training left in %s is now in %s%n"
                .formatted(model, model.resolve("earlier-1")));
    assertHolds(model.resolve("earlier-1"), first);
    assertThat(pruned).hasContent("mine");
    assertThat(SmallNetwork.files(model))
        .containsExactly(
            "earlier-1/epoch_0.safetensors",
            "earlier-1/epoch_1.safetensors",
            "earlier-1/epoch_2.optimizer.safetensors",
            "earlier-1/epoch_2.safetensors",
            "earlier-1/train_log.jsonl",
            "epoch_0.optimizer.safetensors",
            "epoch_0.safetensors",
            "pruned.safetensors",
            "train_log.jsonl");
    assertThat(Files.readAllLines(model.resolve("train_log.jsonl"))).hasSize(1);

    Typed film = fmviz("filmstrip", "--out=$DIR/out");
    assertThat(film.err())
        .isEqualTo(
            "fmviz: %s holds 1 checkpoint, a filmstrip needs two: run fmviz train --resume --epochs 2%n"
                .formatted(model));
    Typed earlier =
        Typed.fmviz(
            folder,
            "filmstrip",
            "--dataset=synthetic",
            "--out=$DIR/out",
            "--model-dir=$DIR/m/earlier-1");
    assertThat(earlier.out()).contains(" at 3 checkpoints in ");
    assertThat(fmviz("evaluate", "--checkpoint=earlier-1/epoch_2").exit()).isZero();
  }

  /** Even with the same bytes: who trains again wants to see that training. */
  @Test
  void theSameSeedAgainIsAnotherTraining() throws IOException {
    assertThat(train("1", "--epochs=3").exit()).isZero();
    Map<String, byte[]> first = bytes(model);
    JsonObject second = train("1", "--json").json();
    assertThat(second.get("earlierTraining").getAsString())
        .isEqualTo(model.resolve("earlier-1").toString());
    assertHolds(model.resolve("earlier-1"), first);
    assertThat(model.resolve("epoch_0.safetensors"))
        .hasBinaryContent(first.get("epoch_0.safetensors"));
    assertThat(model.resolve("epoch_1.safetensors")).doesNotExist();
    JsonObject third = train("1", "--json", "--epochs=2").json();
    assertThat(third.get("earlierTraining").getAsString())
        .isEqualTo(model.resolve("earlier-2").toString());
  }

  @Test
  void oneThatGoesOnSetsNothingAside() throws IOException {
    assertThat(train("1").exit()).isZero();
    JsonObject second = train("1", "--resume", "--epochs=3", "--json").json();
    assertThat(second.has("earlierTraining")).isFalse();
    assertThat(bytes(model)).containsOnlyKeys(FIRST);
    assertThat(fmviz("filmstrip", "--json", "--out=$DIR/out").json().getAsJsonArray("frames"))
        .hasSize(3);
  }

  @Test
  void theFirstStaysUntilTheSecondHasACheckpoint() throws IOException {
    assertThat(train("1", "--epochs=3").exit()).isZero();
    Map<String, byte[]> first = bytes(model);
    Path inTheWay = model.resolve("epoch_0.optimizer.safetensors");
    Files.createDirectories(inTheWay.resolve("mine"));
    Typed failed = train("2");
    assertThat(failed.err())
        .isEqualTo("fmviz: cannot write %s: Is a directory%n".formatted(inTheWay));
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(bytes(model)).containsOnlyKeys(FIRST);
    assertHolds(model, first);
  }

  @Test
  void whatAKillCutShortIsUndoneBeforeTrainingGoesOn() throws IOException {
    assertThat(train("1", "--epochs=3").exit()).isZero();
    Map<String, byte[]> first = bytes(model);
    Path hidden = Files.createDirectory(model.resolve(".earlier-1"));
    for (String file : List.of("epoch_2.optimizer.safetensors", "epoch_0.safetensors")) {
      Files.move(model.resolve(file), hidden.resolve(file));
    }
    Typed done = train("1", "--resume", "--epochs=3");
    assertThat(done.out()).startsWith("nothing to do: ");
    assertHolds(model, first);
    assertThat(hidden).doesNotExist();
  }

  @Test
  void runTwiceJustWorks() throws IOException {
    for (int i = 0; i < 2; i++) {
      Typed run =
          fmviz(
              "run",
              "--limit-train=64",
              "--limit-test=10",
              "--base-channels=2",
              "--samples=2",
              "--out=$DIR/out");
      assertThat(run.exit()).as(run.err()).isZero();
    }
    assertThat(SmallNetwork.files(folder.resolve("out"))).hasSize(2 * (9 + 1) + 2);
    assertThat(model.resolve("earlier-1/epoch_0.safetensors")).exists();
    assertThat(
            SmallNetwork.manifest(folder.resolve("out"))
                .getAsJsonObject("checkpoint")
                .get("file")
                .getAsString())
        .isEqualTo(model.resolve("epoch_0.safetensors").toString());
  }

  /** As earlier versions left it: an epoch of one training beside two of another. */
  @Test
  void aFolderOfTwoIsRefusedByFilmstripAndResume() throws IOException {
    assertThat(train("1", "--epochs=2").exit()).isZero();
    assertThat(train("2").exit()).isZero();
    Path other =
        Files.move(
            model.resolve("earlier-1/epoch_1.safetensors"), model.resolve("epoch_1.safetensors"));
    Path first = model.resolve("epoch_0.safetensors");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(first));
    Files.setLastModifiedTime(first, FileTime.fromMillis(2_000_000_000_000L));
    assertThat(fmviz("filmstrip", "--out=$DIR/out").err())
        .isEqualTo(
            "fmviz: %s and %s are not from the same training: their seeds are 2 and 1; move one of them to another folder%n"
                .formatted(first, other));
    byte[] before = Files.readAllBytes(other);
    assertThat(fmviz("train", "--resume", "--epochs=2", "--threads=1").err())
        .isEqualTo(
            "fmviz: %s and %s are not from the same training: their seeds are 1 and 2; move one of them to another folder%n"
                .formatted(other, first));
    assertThat(other).hasBinaryContent(before);
  }
}
