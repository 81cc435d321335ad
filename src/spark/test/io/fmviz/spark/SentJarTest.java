package io.fmviz.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentJarTest {
  private static final String OTHER = "hdfs:///jars/other.jar";

  private final SparkConf conf = new SparkConf(false);
  private Path jar;

  @BeforeEach
  void write(@TempDir Path folder) throws IOException {
    jar = Files.createDirectory(folder.resolve("with space")).resolve("fmviz-spark.jar");
    write(
        jar,
        Map.of(
            "io/fmviz/Main.class", "code",
            "ai/onnxruntime/native/linux-x64/libonnxruntime.so", "ten megabytes",
            "pytorch/cpu/linux-x86_64/libtorch_cpu.so", "a hundred megabytes",
            "jnilib/linux-x86_64/cpu/libdjl_torch.so", "four",
            "META-INF/pytorch/notice.txt", "kept"));
  }

  private static void write(Path jar, Map<String, String> entries) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(UTF_8));
        out.closeEntry();
      }
    }
  }

  private static Map<String, String> read(Path jar) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        entries.put(entry.getName(), new String(file.getInputStream(entry).readAllBytes(), UTF_8));
      }
    }
    return entries;
  }

  private Path sentInstead() throws Exception {
    SentJar.leaveOutTorch(conf, jar);
    String[] sent = conf.get("spark.jars").split(",");
    assertThat(sent).hasSize(2).startsWith(OTHER);
    return Path.of(URI.create(sent[1]));
  }

  @Test
  void isACopyWithoutTorch() throws Exception {
    conf.set("spark.jars", OTHER + "," + jar.toUri());
    Path copy = sentInstead();
    assertThat(copy.getFileName()).hasToString("fmviz-spark.jar");
    assertThat(read(copy))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "io/fmviz/Main.class", "code",
                "ai/onnxruntime/native/linux-x64/libonnxruntime.so", "ten megabytes",
                "META-INF/pytorch/notice.txt", "kept"));
    assertThat(read(jar)).hasSize(5);
  }

  @Test
  void isFoundWithoutAScheme() throws Exception {
    jar = Path.of(jar.toString().replace(' ', '-'));
    Files.createDirectory(jar.getParent());
    write(jar, Map.of("a", "b", "pytorch/c", "d"));
    conf.set("spark.jars", OTHER + "," + jar);
    assertThat(read(sentInstead())).containsExactly(Map.entry("a", "b"));
  }

  @Test
  void isLeftWhereExecutorsHaveItFromElsewhere() throws Exception {
    for (String sent : new String[] {"", OTHER, "local:" + jar.toUri().getRawPath()}) {
      conf.set("spark.jars", sent);
      SentJar.leaveOutTorch(conf, jar);
      assertThat(conf.get("spark.jars")).isEqualTo(sent);
    }
  }
}
