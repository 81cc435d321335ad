package io.fmviz.spark;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.spark.SparkConf;

/**
 * The jar that each executor fetches from the driver: an ONNX model runs without PyTorch, whose
 * libraries are five sixths of it.
 */
final class SentJar {
  private static final String JARS = "spark.jars";
  private static final Pattern TORCH = Pattern.compile("(pytorch|jnilib)/.*");

  private SentJar() {}

  /** Has Spark send a copy without PyTorch's libraries, if it would send this jar at all. */
  static void leaveOutTorch(SparkConf conf) {
    try {
      URI own = Main.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      leaveOutTorch(conf, Path.of(own));
    } catch (URISyntaxException | IOException e) {
      // It is sent whole.
    }
  }

  static void leaveOutTorch(SparkConf conf, Path jar) throws IOException, URISyntaxException {
    List<String> sent = Arrays.asList(conf.get(JARS, "").split(","));
    for (int i = 0; i < sent.size(); i++) {
      if (isFile(sent.get(i), jar)) {
        Path copy = Copies.place(jar.getFileName());
        copy(jar, copy);
        sent.set(i, copy.toUri().toString());
        conf.set(JARS, String.join(",", sent));
        return;
      }
    }
  }

  /** Whether a jar that Spark sends is a file of this machine's. */
  private static boolean isFile(String sent, Path file) throws URISyntaxException {
    URI uri = new URI(sent);
    boolean isLocal = uri.getScheme() == null || uri.getScheme().equals("file");
    return isLocal && file.toString().equals(uri.getPath());
  }

  /** As they are compressed. */
  private static void copy(Path jar, Path target) throws IOException {
    try (ZipFile from = ZipFile.builder().setPath(jar).get();
        ZipArchiveOutputStream to = new ZipArchiveOutputStream(target)) {
      from.copyRawEntries(to, entry -> !TORCH.matcher(entry.getName()).matches());
    }
  }
}
