package io.fmviz.spark.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/** What lies in a folder, as Hadoop tells it page by page; each path knows its size. */
record HadoopFolder(
    HadoopPath folder, RemoteIterator<FileStatus> entries, Filter<? super Path> filter)
    implements DirectoryStream<Path> {
  static HadoopFolder open(HadoopPath folder, Filter<? super Path> filter) throws IOException {
    HadoopStore store = (HadoopStore) folder.getFileSystem();
    return new HadoopFolder(folder, store.of(folder).listStatusIterator(folder.hadoop()), filter);
  }

  @Override
  public Iterator<Path> iterator() {
    return new Entries();
  }

  /** Nothing is open between two pages. */
  @Override
  public void close() {}

  private final class Entries implements Iterator<Path> {
    private Path next;

    @Override
    public boolean hasNext() {
      try {
        while (next == null && entries.hasNext()) {
          FileStatus status = entries.next();
          Path entry = folder.child(status.getPath().getName(), status);
          next = filter.accept(entry) ? entry : null;
        }
        return next != null;
      } catch (IOException e) {
        throw new DirectoryIteratorException(e);
      }
    }

    @Override
    public Path next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Path entry = next;
      next = null;
      return entry;
    }
  }
}
