package io.fmviz.dataset.file;

import com.drew.imaging.riff.RiffHandler;
import com.drew.imaging.riff.RiffProcessingException;
import com.drew.imaging.riff.RiffReader;
import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.lang.StreamReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifTiffHandler;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads the first directory of tags alone, where all are that matter: the reader goes into itself
 * for each that follows or is in another, and a file of 30 kilobytes has thousands.
 */
final class FirstDirectory extends ExifTiffHandler {
  private FirstDirectory(Metadata metadata) {
    super(metadata, null, 0);
  }

  /** Of a WebP's EXIF chunk. */
  static Metadata ofWebp(InputStream file) throws IOException {
    Metadata metadata = new Metadata();
    try {
      new RiffReader().processRiff(new StreamReader(file), new InWebp(metadata));
    } catch (RiffProcessingException e) {
      throw new IOException(e);
    }
    return metadata;
  }

  static void read(byte[] exif, Metadata metadata) throws IOException {
    // Thousands of tags may have the same megabyte, which would be read for each.
    try (ImageInputStream in = new ImageBytes(exif)) {
      if (new TiffDirectory(in).bytes() > exif.length) {
        return;
      }
    } catch (EOFException e) {
      // What was read up to there counts.
    }
    read(new ByteArrayReader(exif), metadata);
  }

  private static void read(RandomAccessReader reader, Metadata metadata) throws IOException {
    try {
      new TiffReader().processTiff(reader, new FirstDirectory(metadata), 0);
    } catch (TiffProcessingException e) {
      throw new IOException(e);
    }
  }

  @Override
  public boolean hasFollowerIfd() {
    return false;
  }

  @Override
  public boolean tryEnterSubIfd(int tag) {
    return false;
  }

  /** None holds a format of its own that matters, such as XMP. */
  @Override
  public boolean customProcessTag(
      int tagOffset,
      Set<Integer> processed,
      int tiffHeaderOffset,
      RandomAccessReader reader,
      int tag,
      int count) {
    return false;
  }

  /** In a JPEG's segments. */
  static final class InJpeg extends ExifReader {
    @Override
    public void extract(
        RandomAccessReader reader, Metadata metadata, int offset, Directory parent) {
      try {
        new TiffReader().processTiff(reader, new FirstDirectory(metadata), offset);
      } catch (TiffProcessingException | IOException e) {
        // What was read up to there counts.
      }
    }
  }

  private record InWebp(Metadata metadata) implements RiffHandler {
    @Override
    public void addError(String message) {
      // What was read up to there counts.
    }

    @Override
    public boolean shouldAcceptRiffIdentifier(String identifier) {
      return identifier.equals("WEBP");
    }

    @Override
    public boolean shouldAcceptChunk(String fourCc) {
      return fourCc.equals("EXIF");
    }

    @Override
    public boolean shouldAcceptList(String fourCc) {
      return false;
    }

    @Override
    public void processChunk(String fourCc, byte[] payload) {
      try {
        read(payload, metadata);
      } catch (IOException e) {
        // What was read up to there counts.
      }
    }
  }
}
