package io.fmviz.spark.files;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import org.apache.hadoop.fs.FileStatus;

/**
 * A file of a Hadoop file system's, as a person names it: {@code hdfs://host/nets/resnet50.onnx},
 * {@code s3a://bucket/photos}. The text stays as it was given, but for slashes at its end. The part
 * of another path that stands behind its last slash, a name, is one too.
 */
final class HadoopPath implements Path {
  private final HadoopStore store;
  private final String text;

  /** What was found there; null if nobody has looked yet. */
  private volatile FileStatus status;

  HadoopPath(HadoopStore store, String text, FileStatus status) {
    this.store = store;
    this.text = text.length() > 1 ? text.replaceFirst("(?<![:/])/+$", "") : text;
    this.status = status;
  }

  /** As Hadoop has it. */
  org.apache.hadoop.fs.Path hadoop() {
    // A root has a slash behind the host.
    boolean isRoot = text.indexOf('/', text.indexOf("://") + 3) < 0;
    return new org.apache.hadoop.fs.Path(isRoot ? text + "/" : text);
  }

  /** Its size and kind, asked for once. */
  FileStatus status() throws IOException {
    FileStatus known = status;
    if (known == null) {
      known = store.of(this).getFileStatus(hadoop());
      status = known;
    }
    return known;
  }

  /** What lies in it under a name. */
  HadoopPath child(String name, FileStatus found) {
    return new HadoopPath(store, text + "/" + name, found);
  }

  @Override
  public FileSystem getFileSystem() {
    return store;
  }

  @Override
  public boolean isAbsolute() {
    return text.contains("://");
  }

  @Override
  public Path getRoot() {
    return null;
  }

  @Override
  public Path getFileName() {
    return new HadoopPath(store, text.substring(text.lastIndexOf('/') + 1), null);
  }

  @Override
  public Path getParent() {
    int slash = text.lastIndexOf('/');
    boolean isHost = slash < text.indexOf("://") + 3;
    return slash < 0 || isHost ? null : new HadoopPath(store, text.substring(0, slash), null);
  }

  @Override
  public int getNameCount() {
    return text.split("/+", -1).length;
  }

  @Override
  public Path getName(int index) {
    throw unsupported();
  }

  @Override
  public Path subpath(int from, int to) {
    throw unsupported();
  }

  @Override
  public boolean startsWith(Path other) {
    String start = other.toString();
    return text.equals(start) || text.startsWith(start + "/");
  }

  @Override
  public boolean endsWith(Path other) {
    String end = other.toString();
    return text.equals(end) || text.endsWith("/" + end);
  }

  @Override
  public Path normalize() {
    return this;
  }

  @Override
  public Path resolve(Path other) {
    return other.isAbsolute() ? other : child(other.toString(), null);
  }

  @Override
  public Path resolve(String other) {
    return child(other, null);
  }

  @Override
  public Path relativize(Path other) {
    throw unsupported();
  }

  @Override
  public URI toUri() {
    return hadoop().toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return this;
  }

  /** Links are followed by the file system itself, if it has any. */
  @Override
  public Path toRealPath(LinkOption... options) {
    return this;
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw unsupported();
  }

  /** By characters, as Java's own paths on Linux. */
  @Override
  public int compareTo(Path other) {
    return Arrays.compareUnsigned(
        text.getBytes(StandardCharsets.UTF_8), other.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HadoopPath path && path.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("paths of Hadoop's are listed and read only");
  }
}
