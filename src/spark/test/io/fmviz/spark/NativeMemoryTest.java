package io.fmviz.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeMemoryTest {
  @TempDir Path folder;
  private Path network;

  @BeforeEach
  void write() throws IOException {
    network = folder.resolve("resnet18.onnx");
    try (RandomAccessFile file = new RandomAccessFile(network.toFile(), "rw")) {
      file.setLength(50 << 20);
    }
  }

  private static SparkConf on(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  @Test
  void growsWithTheNetworkForEachTask() {
    assertThat(NativeMemory.needed(50 << 20, 1)).isEqualTo(700L << 20);
    assertThat(NativeMemory.needed(50 << 20, 4)).isEqualTo(1600L << 20);
  }

  @Test
  void yarnsOwnIsTooLittle() {
    assertThatThrownBy(() -> NativeMemory.require(on("yarn"), network))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "executors need more memory beside their heap for resnet18.onnx than the 384 MB they get: set spark.executor.memoryOverhead=700m");
    SparkConf large = on("yarn").set("spark.executor.memory", "8g");
    assertThatCode(() -> NativeMemory.require(large, network)).doesNotThrowAnyException();
  }

  @Test
  void aStandaloneClusterLooksAtWhatIsSetAlone() {
    SparkConf standalone = on("spark://host:7077");
    assertThatCode(() -> NativeMemory.require(standalone, network)).doesNotThrowAnyException();
    standalone.set(NativeMemory.OVERHEAD, "699m");
    assertThatThrownBy(() -> NativeMemory.require(standalone, network))
        .hasMessageContaining("than the 699 MB they get")
        .hasMessageEndingWith("set spark.executor.memoryOverhead=700m");
    standalone.set(NativeMemory.OVERHEAD, "700");
    assertThatCode(() -> NativeMemory.require(standalone, network)).doesNotThrowAnyException();
  }

  @Test
  void tasksSideBySideNeedAsManySessions() {
    SparkConf conf =
        on("k8s://host")
            .set("spark.executor.cores", "4")
            .set("spark.task.cpus", "2")
            .set(NativeMemory.OVERHEAD, "1g");
    assertThatCode(() -> NativeMemory.require(conf, network)).doesNotThrowAnyException();
    conf.set("spark.task.cpus", "1");
    assertThatThrownBy(() -> NativeMemory.require(conf, network))
        .hasMessageEndingWith("set spark.executor.memoryOverhead=1600m");
  }
}
