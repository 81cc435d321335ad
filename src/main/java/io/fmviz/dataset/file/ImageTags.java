package io.fmviz.dataset.file;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.lang.StreamReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.adobe.AdobeJpegDirectory;
import com.drew.metadata.adobe.AdobeJpegReader;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.jpeg.JpegReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/**
 * What a file says about its pixels.
 *
 * @param orientation EXIF's, from 1, upright, to 8
 * @param components of a JPEG's colours, 4 for printing inks; 0 if unknown
 * @param transform Adobe's: 2 where inks are kept as YCCK
 * @param end how many bytes the file must have, of formats whose decoders don't notice that it has
 *     less; 0 if unknown
 * @param hasJpegs whether it is of another format, with pixels that are kept as JPEGs
 * @param isAtOnce whether its pixels can only be decoded all together: an interlaced PNG, a BMP in
 *     run lengths, each tile of a compressed TIFF
 * @param samples what it says of its samples; null where a decoder's bytes and colours are right
 */
public record ImageTags(
    int orientation,
    int components,
    int transform,
    long end,
    boolean hasJpegs,
    boolean isAtOnce,
    SampleFormat samples) {
  private static final ImageTags NONE = new ImageTags(1, 0, 0, 0, false, false, null);

  private static final int INKS = 4;
  private static final int YCCK = 2;

  /** Where a BMP says how its pixels are kept, and that they are a JPEG. */
  private static final int BMP_COMPRESSION = 30;

  private static final int BMP_JPEG = 4;
  private static final int BMP_RUNS_OF_BYTES = 1;
  private static final int BMP_RUNS_OF_HALVES = 2;

  private static final Set<PngChunkType> PNG_CHUNKS =
      Set.of(PngChunkType.IHDR, PngChunkType.sBIT, PngChunkType.eXIf);

  /** PNG's type of colour that is an index into a palette. */
  private static final int PALETTE = 3;

  public ImageTags {
    if (orientation < 1 || orientation > 8) {
      orientation = 1;
    }
  }

  /** Whether a picture of that orientation lies on its side. */
  public static boolean isTurned(int orientation) {
    return orientation >= 5;
  }

  /** Whether, once it is turned, its upper row is at the bottom. */
  public static boolean isUpsideDown(int orientation) {
    return orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  }

  /** Whether, once it is turned, its left column is at the right. */
  public static boolean isMirrored(int orientation) {
    return orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  }

  /** Whether it is in printing inks: cyan, magenta, yellow and black. */
  public boolean isInks() {
    return components == INKS;
  }

  /** Whether three of these are kept as YCbCr. */
  public boolean isYcck() {
    return transform == YCCK;
  }

  /**
   * Reads them. Tags that are broken, or cut short, tell nothing; the picture may be whole all the
   * same, and if it isn't, its decoder says so.
   */
  static ImageTags read(InputStream file, ImageFormat format) {
    try {
      if (format == ImageFormat.BMP) {
        return ofBmp(file);
      }
      if (format == ImageFormat.PNG) {
        return ofPng(file);
      }
      Metadata metadata = metadata(file, format);
      return new ImageTags(
          value(metadata, ExifIFD0Directory.class, ExifIFD0Directory.TAG_ORIENTATION, 1),
          value(metadata, JpegDirectory.class, JpegDirectory.TAG_NUMBER_OF_COMPONENTS, 0),
          value(metadata, AdobeJpegDirectory.class, AdobeJpegDirectory.TAG_COLOR_TRANSFORM, 0),
          0,
          false,
          false,
          null);
    } catch (ImageProcessingException
        | IOException
        | RuntimeException
        | OutOfMemoryError
        | StackOverflowError e) {
      return NONE;
    }
  }

  private static ImageTags ofBmp(InputStream file) throws IOException {
    byte[] head = file.readNBytes(BMP_COMPRESSION + Integer.BYTES);
    int compression =
        head.length < BMP_COMPRESSION + Integer.BYTES
            ? 0
            : ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(BMP_COMPRESSION);
    boolean isRuns = compression == BMP_RUNS_OF_BYTES || compression == BMP_RUNS_OF_HALVES;
    return new ImageTags(1, 0, 0, 0, compression == BMP_JPEG, isRuns, null);
  }

  private static Metadata metadata(InputStream file, ImageFormat format)
      throws IOException, ImageProcessingException {
    return switch (format) {
      case JPEG ->
          JpegMetadataReader.readMetadata(
              file, List.of(new FirstDirectory.InJpeg(), new JpegReader(), new AdobeJpegReader()));
      case WEBP -> FirstDirectory.ofWebp(file);
      case PNG, TIFF, GIF, BMP -> new Metadata();
    };
  }

  private static ImageTags ofPng(InputStream file) throws IOException, ImageProcessingException {
    Metadata metadata = new Metadata();
    int bits = 8;
    int significant = 0;
    boolean isPalette = false;
    boolean isInterlaced = false;
    for (PngChunk chunk : new PngChunkReader().extract(new StreamReader(file), PNG_CHUNKS)) {
      byte[] content = chunk.getBytes();
      if (chunk.getType().equals(PngChunkType.eXIf)) {
        FirstDirectory.read(content, metadata);
      } else if (chunk.getType().equals(PngChunkType.IHDR)) {
        bits = content[8];
        isPalette = content[9] == PALETTE;
        isInterlaced = content[12] != 0;
      } else {
        // One number for each channel, of which in two or four the last is alpha's.
        int colors = content.length - 1 + content.length % 2;
        for (int i = 0; i < colors; i++) {
          significant = Math.max(significant, content[i]);
        }
      }
    }
    if (significant < 1 || significant > bits) {
      significant = bits;
    }
    boolean isOwn = !isPalette && (bits == 16 || (bits == 8 && significant < bits));
    return new ImageTags(
        value(metadata, ExifIFD0Directory.class, ExifIFD0Directory.TAG_ORIENTATION, 1),
        0,
        0,
        0,
        false,
        isInterlaced,
        isOwn ? SampleFormat.ofPng(bits, significant) : null);
  }

  private static int value(
      Metadata metadata, Class<? extends Directory> type, int tag, int otherwise) {
    for (Directory directory : metadata.getDirectoriesOfType(type)) {
      Integer value = directory.getInteger(tag);
      if (value != null) {
        return value;
      }
    }
    return otherwise;
  }
}
