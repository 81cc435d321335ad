package io.fmviz.spark.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.util.functional.FutureIO;

/** A file's bytes. */
final class HadoopChannel implements SeekableByteChannel {
  private final FSDataInputStream in;
  private final long size;
  private boolean open = true;

  private HadoopChannel(FSDataInputStream in, long size) {
    this.in = in;
    this.size = size;
  }

  static HadoopChannel open(HadoopPath path) throws IOException {
    FileStatus status = path.status();
    HadoopStore store = (HadoopStore) path.getFileSystem();
    // An object store needn't be asked a second time what it said already.
    FSDataInputStream in =
        FutureIO.awaitFuture(store.of(path).openFile(path.hadoop()).withFileStatus(status).build());
    return new HadoopChannel(in, status.getLen());
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    byte[] bytes = new byte[Math.min(target.remaining(), 1 << 20)];
    try {
      int count = in.read(bytes, 0, bytes.length);
      target.put(bytes, 0, Math.max(0, count));
      return count;
    } catch (IOException e) {
      throw new RemoteReadException(e);
    }
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() throws IOException {
    return in.getPos();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    in.seek(position);
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long length) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    in.close();
  }
}
