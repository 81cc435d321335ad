package io.fmviz.spark.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** All of Hadoop's file systems, under one roof: which one a path is of, its scheme says. */
public final class HadoopStore extends FileSystem {
  /** A scheme of two letters at least: {@code C:/} is a drive. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private static final Pattern LOCAL = Pattern.compile("file:/+(.*)");

  private final FileSystemProvider provider = new HadoopProvider();
  private final Supplier<Configuration> configuration;

  /**
   * With some configuration.
   *
   * @param configuration is asked for when a file is
   */
  public HadoopStore(Supplier<Configuration> configuration) {
    this.configuration = configuration;
  }

  /**
   * What a person means by a text: a file of this machine's, unless it has a scheme other than
   * {@code file:}.
   */
  public Path path(String text) {
    if (!isRemote(text)) {
      return Path.of(LOCAL.matcher(text).replaceFirst("/$1"));
    }
    return new HadoopPath(this, text, null);
  }

  /** Whether a text names a file of a file system of Hadoop's. */
  public static boolean isRemote(String text) {
    return URI.matcher(text).matches() && !LOCAL.matcher(text).matches();
  }

  /** Whether a path is of a file system of Hadoop's. */
  public static boolean isRemote(Path path) {
    return path instanceof HadoopPath;
  }

  org.apache.hadoop.fs.FileSystem of(HadoopPath path) throws IOException {
    return org.apache.hadoop.fs.FileSystem.get(path.toUri(), configuration.get());
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("Hadoop's file systems stay open");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public Path getPath(String first, String... more) {
    return new HadoopPath(
        this, more.length == 0 ? first : first + "/" + String.join("/", more), null);
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    throw new UnsupportedOperationException(pattern);
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("users");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("watching");
  }
}
