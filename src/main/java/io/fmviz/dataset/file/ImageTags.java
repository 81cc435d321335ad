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
 */
public record ImageTags(
    int orientation, int components, int transform, long end, boolean hasJpegs) {
  private static final ImageTags NONE = new ImageTags(1, 0, 0, 0, false);

  private static final int INKS = 4;
  private static final int YCCK = 2;

  /** TIFF's two ways to keep JPEGs, by its tag of compression. */
  private static final Set<Integer> JPEGS = Set.of(6, 7);

  private static final int COMPRESSION = 0x103;

  /** Where a BMP says how its pixels are kept, and that they are a JPEG. */
  private static final int BMP_COMPRESSION = 30;

  private static final int BMP_JPEG = 4;

  /** TIFF's tags of where pixels are, and how many bytes there: of strips, of tiles. */
  private static final int[][] PIXELS = {{0x111, 0x117}, {0x144, 0x145}};

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
      Metadata metadata = metadata(file, format);
      return new ImageTags(
          value(metadata, ExifIFD0Directory.class, ExifIFD0Directory.TAG_ORIENTATION, 1),
          value(metadata, JpegDirectory.class, JpegDirectory.TAG_NUMBER_OF_COMPONENTS, 0),
          value(metadata, AdobeJpegDirectory.class, AdobeJpegDirectory.TAG_COLOR_TRANSFORM, 0),
          format == ImageFormat.TIFF ? end(metadata) : 0,
          format == ImageFormat.TIFF
              && JPEGS.contains(value(metadata, ExifIFD0Directory.class, COMPRESSION, 0)));
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
    boolean isJpeg =
        head.length == BMP_COMPRESSION + Integer.BYTES
            && ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(BMP_COMPRESSION)
                == BMP_JPEG;
    return new ImageTags(1, 0, 0, 0, isJpeg);
  }

  private static Metadata metadata(InputStream file, ImageFormat format)
      throws IOException, ImageProcessingException {
    return switch (format) {
      case PNG -> ofPng(file);
      case JPEG ->
          JpegMetadataReader.readMetadata(
              file, List.of(new FirstDirectory.InJpeg(), new JpegReader(), new AdobeJpegReader()));
      case WEBP -> FirstDirectory.ofWebp(file);
      case TIFF -> FirstDirectory.ofTiff(file);
      case GIF, BMP -> new Metadata();
    };
  }

  /** Behind the last of the first page's strips or tiles; far away where its tags are cut short. */
  private static long end(Metadata metadata) {
    Directory page = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    if (page == null
        || (page.hasErrors() && !page.containsTag(ExifIFD0Directory.TAG_BITS_PER_SAMPLE))) {
      return Long.MAX_VALUE;
    }
    long end = 0;
    for (int[] tags : PIXELS) {
      int[] offsets = page.getIntArray(tags[0]);
      int[] counts = page.getIntArray(tags[1]);
      for (int i = 0; offsets != null && counts != null && i < offsets.length; i++) {
        long count = i < counts.length ? counts[i] & 0xffffffffL : 0;
        end = Math.max(end, (offsets[i] & 0xffffffffL) + count);
      }
    }
    return end;
  }

  private static Metadata ofPng(InputStream file) throws IOException, ImageProcessingException {
    Metadata metadata = new Metadata();
    for (PngChunk chunk :
        new PngChunkReader().extract(new StreamReader(file), Set.of(PngChunkType.eXIf))) {
      FirstDirectory.read(chunk.getBytes(), metadata);
    }
    return metadata;
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
