package io.fmviz.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.cli.Typed;
import io.fmviz.network.torch.SavedClassifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeTest {
  private static final String END = System.lineSeparator();

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void nameTheModelFolder() {
    model = folder.resolve("m");
  }

  private Typed train(String... more) {
    return Typed.fmviz(
        folder,
        Stream.concat(
                Stream.of("train", "--quiet", "--model-dir=$DIR/m", "--threads=1"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private Typed trainAfresh(String... more) {
    return train(
        Stream.concat(
                Stream.of(
                    "--dataset=synthetic",
                    "--limit-train=100",
                    "--limit-test=10",
                    "--base-channels=3",
                    "--lr=0.005",
                    "--batch-size=32",
                    "--seed=11"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private void assertRefused(Typed run, String message) {
    assertThat(run.err()).isEqualTo("fmviz: " + message + END);
    assertThat(run.exit()).isEqualTo(1);
  }

  /** The log without what is never twice the same: the time of day and how long things took. */
  private List<String> log() throws IOException {
    return Files.readAllLines(model.resolve("train_log.jsonl")).stream()
        .map(
            line ->
                line.replaceAll("\"time\":\"[^\"]+\"", "")
                    .replaceAll("\"(testSeconds|seconds)\":[\\d.E-]+", ""))
        .toList();
  }

  @Test
  void endsWithTheBytesOfATrainingThatWasNeverInterrupted() throws IOException {
    assertThat(trainAfresh("--epochs=4").exit()).isZero();
    byte[] checkpoint = Files.readAllBytes(model.resolve("epoch_3.safetensors"));
    byte[] optimizer = Files.readAllBytes(model.resolve("epoch_3.optimizer.safetensors"));
    List<String> log = log();
    assertThat(log).hasSize(4);

    model = Files.move(model, folder.resolve("straight")).resolveSibling("m");
    assertThat(trainAfresh("--epochs=1").exit()).isZero();
    assertThat(train("--resume", "--epochs=2").exit()).isZero();
    Typed last = train("--resume", "--epochs=4", "--lr=0.005", "--seed=11");
    assertThat(last.exit()).as(last.err()).isZero();
    assertThat(last.out())
        .contains("going on after " + model.resolve("epoch_1.safetensors") + ", with 2 epochs")
        .contains("epoch 2: ", "epoch 3: ")
        .doesNotContain("epoch 1: ");

    assertThat(model.resolve("epoch_3.safetensors")).hasBinaryContent(checkpoint);
    assertThat(model.resolve("epoch_3.optimizer.safetensors")).hasBinaryContent(optimizer);
    assertThat(log()).isEqualTo(log);
    assertThat(model)
        .isDirectoryNotContaining("glob:**epoch_{0,1,2}.optimizer.safetensors")
        .isDirectoryContaining("glob:**epoch_2.safetensors");
  }

  @Test
  void beginsWhereThereIsNoCheckpointYet() {
    Typed run = trainAfresh("--resume");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("epoch 0: ");
  }

  @Test
  void hasNothingToDoWhenAllEpochsAreMade() throws IOException {
    assertThat(trainAfresh().exit()).isZero();
    byte[] before = Files.readAllBytes(model.resolve("epoch_0.safetensors"));
    Typed run = train("--resume", "--epochs=1");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "nothing to do: %s has all 1 epoch%n".formatted(model.resolve("epoch_0.safetensors")));
    assertThat(model.resolve("epoch_0.safetensors")).hasBinaryContent(before);
    assertThat(log()).hasSize(1);
  }

  @Test
  void keepsEveryOptimizerFileIfAsked() {
    assertThat(trainAfresh("--epochs=2", "--keep-optimizer").exit()).isZero();
    assertThat(model.resolve("epoch_0.optimizer.safetensors")).exists();
    assertThat(model.resolve("epoch_1.optimizer.safetensors")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "--lr=0.01, --lr 0.01, 0.005",
    "--seed=12, --seed 12, 11",
    "--batch-size=64, --batch-size 64, 32",
    "--test-batch-size=10, --test-batch-size 10, 32",
    "--base-channels=4, --base-channels 4, 3",
    "--limit-train=64, --limit-train 64, 100",
    "--limit-test=20, --limit-test 20, 10",
    "--threads=2, --threads 2, 1",
    "--dataset=mnist, --dataset mnist, synthetic"
  })
  void refusesAnOptionThatContradictsTheCheckpoint(String option, String asked, String recorded) {
    assertThat(trainAfresh().exit()).isZero();
    Typed run =
        Typed.fmviz(
            folder, "train", "--quiet", "--model-dir=$DIR/m", "--resume", "--epochs=2", option);
    assertRefused(
        run,
        "%s contradicts %s, which was trained with %s: leave %s out to go on"
            .formatted(
                asked, model.resolve("epoch_0.safetensors"), recorded, asked.split(" ", -1)[0]));
  }

  @Test
  void goesOnWithTheRecordedDeviceUnlessAnotherIsNamed() {
    assertThat(trainAfresh().exit()).isZero();
    Path file = model.resolve("epoch_0.safetensors");
    Checkpoint checkpoint = SavedClassifier.read(file).checkpoint();
    assertThat(checkpoint.metadata()).containsEntry("device", "cpu");
    Map<String, String> metadata = new LinkedHashMap<>(checkpoint.metadata());
    metadata.put("device", "gpu:99");
    new Checkpoint(file, metadata, checkpoint.tensors()).write();

    Typed run = train("--resume", "--epochs=2");
    assertThat(run.err()).startsWith("fmviz: --device gpu:99: ").hasLineCount(1);
    assertThat(run.exit()).isEqualTo(1);
    run = train("--resume", "--epochs=2", "--device=cpu");
    assertThat(run.err())
        .isEqualTo(
            "fmviz: WARNING: %s was trained on gpu:99 and goes on with cpu: its numbers will differ in the last digits%n"
                .formatted(file));
    assertThat(run.exit()).isZero();
    assertThat(SavedClassifier.read(model.resolve("epoch_1.safetensors")).metadata())
        .containsEntry("device", "cpu");
  }

  @Test
  void refusesToGoOnWithoutTheOptimizersFile() throws IOException {
    assertThat(trainAfresh().exit()).isZero();
    Path optimizer = model.resolve("epoch_0.optimizer.safetensors");
    Files.delete(optimizer);
    assertRefused(
        train("--resume", "--epochs=2"),
        "training can't go on from %s: %s is missing; train from scratch without --resume"
            .formatted(model.resolve("epoch_0.safetensors"), optimizer));
    assertThat(model.resolve("epoch_1.safetensors")).doesNotExist();
  }

  @Test
  void refusesAnOptimizersFileOfAnotherCheckpoint() throws IOException {
    assertThat(trainAfresh("--epochs=2", "--keep-optimizer").exit()).isZero();
    Path optimizer = model.resolve("epoch_1.optimizer.safetensors");
    Files.delete(optimizer);
    Files.copy(model.resolve("epoch_0.optimizer.safetensors"), optimizer);
    assertRefused(
        train("--resume", "--epochs=3"),
        "training can't go on from %s: it does not belong to %s; train from scratch without --resume"
            .formatted(optimizer, model.resolve("epoch_1.safetensors")));
  }

  @ParameterizedTest
  @CsvSource({"epoch_0.safetensors", "epoch_0.optimizer.safetensors"})
  void reportsAFlippedBit(String name) throws IOException {
    assertThat(trainAfresh().exit()).isZero();
    Path file = model.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 100] ^= 4;
    Files.write(file, bytes);
    String message = file + " is damaged: its tensors do not match its checksum";
    assertRefused(train("--resume", "--epochs=2"), message);
    if (!name.contains("optimizer")) {
      String[] rest = {"--model-dir=$DIR/m", "--dataset=synthetic", "--checkpoint=epoch_0"};
      assertRefused(Typed.fmviz(folder, "evaluate", rest[0], rest[1], rest[2]), message);
      assertRefused(
          Typed.fmviz(folder, "visualize", rest[0], rest[1], rest[2], "--out=$DIR/out"), message);
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @Test
  void refusesACheckpointFromElsewhere() throws IOException {
    assertThat(trainAfresh().exit()).isZero();
    Path file = model.resolve("epoch_0.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\"epoch\"", "\"hcope\"");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(
        train("--resume", "--epochs=2"),
        "training can't go on from %s: it does not record its epoch; train from scratch without --resume"
            .formatted(file));
  }

  @Test
  void forgetsAnEpochThatTheLogTellsOfButNoCheckpointHolds() throws IOException {
    assertThat(trainAfresh("--epochs=2").exit()).isZero();
    List<String> log = log();
    Path file = model.resolve("train_log.jsonl");
    List<String> lines = Files.readAllLines(file);
    model = Files.move(model, folder.resolve("straight")).resolveSibling("m");
    assertThat(trainAfresh("--epochs=1").exit()).isZero();
    // As if killed between the two: the log's second line without its checkpoint.
    Files.write(model.resolve("train_log.jsonl"), lines);
    Path stray = Files.createFile(model.resolve(".epoch_1.safetensors.4711-3.tmp"));
    assertThat(train("--resume", "--epochs=2").exit()).isZero();
    assertThat(log()).isEqualTo(log);
    assertThat(stray).doesNotExist();
  }

  /** Adam does not diverge by itself; a moment that is not finite makes it. */
  @Test
  void stopsBeforeACheckpointIsWrittenWhenTheLossIsNoNumber() throws IOException {
    assertThat(trainAfresh().exit()).isZero();
    byte[] before = Files.readAllBytes(model.resolve("epoch_0.safetensors"));
    Path optimizer = model.resolve("epoch_0.optimizer.safetensors");
    byte[] bytes =
        new String(Files.readAllBytes(optimizer), StandardCharsets.ISO_8859_1)
            .replace("tensors_sha256", "no_such_sha256")
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    Files.write(optimizer, bytes);
    assertRefused(
        train("--resume", "--epochs=2"),
        "the loss is NaN in batch 2 of epoch 1: training has diverged and stops, earlier checkpoints"
            + " stay; try a smaller --lr than 0.005");
    assertThat(model.resolve("epoch_0.safetensors")).hasBinaryContent(before);
    assertThat(model.resolve("epoch_1.safetensors")).doesNotExist();
  }
}
