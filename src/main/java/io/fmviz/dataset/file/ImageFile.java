package io.fmviz.dataset.file;

import io.fmviz.base.Exact;
import io.fmviz.base.FileKind;
import io.fmviz.base.FileSize;
import io.fmviz.base.UserException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * A file with a picture, open: what it claims to be is checked before anything is decoded, and what
 * is broken becomes one line that names it.
 */
public final class ImageFile implements AutoCloseable {
  /** The pixels of a strip: some 50 megabytes. A photograph of a telephone's is one. */
  private static final int STRIP = 13_000_000;

  /** The scans of a JPEG times its pixels, 5 seconds of work: cameras and programs make a dozen. */
  private static final long MOST_WORK = 2_000_000_000;

  /** What bytes without a file are called in messages. */
  private static final Path SENT = Path.of("the picture");

  /** Larger files are not held in memory, where the disk is this machine's. */
  private static final long HELD = 64_000_000;

  private final Path file;
  private final ImageFormat format;
  private final byte[] bytes;
  private final ImageInputStream in;
  private final ImageReader reader;
  private final ImageTags tags;
  private final int strip;

  /** Whether it is a JPEG, or of some, whose scans are more than one. */
  private boolean hasScans;

  /** The decoder's last warning that pixels are lost; null for none. */
  private String loss;

  /** Of bytes that are held, or else of the file. */
  private ImageFile(Path file, ImageFormat format, byte[] bytes, ImageTags tags, int strip)
      throws IOException {
    this.file = file;
    this.format = format;
    this.bytes = bytes;
    this.in = random(file, bytes);
    this.reader = format.reader();
    this.tags = tags;
    this.strip = strip;
    // Of a TIFF's tags those of its pixels alone: others may lead to directories without end.
    reader.setInput(in, false, format == ImageFormat.TIFF);
    reader.addIIOReadWarningListener(
        (source, text) -> loss = DecoderWords.isLoss(text) ? text : loss);
  }

  /** Takes pixels out of the decoder. */
  public interface Decoding<T> {
    T decode(ImageReader reader, int height, int width) throws IOException;
  }

  /**
   * Opens one.
   *
   * @throws UserException if it can't be read, or is no picture
   */
  public static ImageFile open(Path file) {
    return open(file, STRIP);
  }

  /** The same, with strips of so many pixels. */
  public static ImageFile open(Path file, int strip) {
    try {
      long size = FileSize.of(file);
      boolean isHeld = size <= HELD || file.getFileSystem() != FileSystems.getDefault();
      return open(file, size, isHeld ? Files.readAllBytes(file) : null, strip);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }

  /**
   * Opens one that a program has in memory.
   *
   * @throws UserException if it is no picture
   */
  public static ImageFile of(byte[] bytes) {
    try {
      return open(SENT, bytes.length, bytes, STRIP);
    } catch (IOException e) {
      throw UserException.cannotRead(SENT, e);
    }
  }

  /** Of bytes that are held, or else of the file. */
  private static ImageFile open(Path file, long size, byte[] bytes, int strip) throws IOException {
    try (InputStream content = stream(file, bytes)) {
      content.mark(ImageFormat.HEAD);
      byte[] head = content.readNBytes(ImageFormat.HEAD);
      ImageFormat format = format(file, head);
      content.reset();
      ImageTags tags =
          format == ImageFormat.TIFF ? tiff(file, bytes, size) : ImageTags.read(content, format);
      if (Math.max(tags.end(), format.end(head)) > size) {
        throw bad(file, format, "it ends early", null);
      }
      return new ImageFile(file, format, bytes, tags, strip);
    }
  }

  private static ImageTags tiff(Path file, byte[] bytes, long size) throws IOException {
    try (ImageInputStream in = random(file, bytes)) {
      TiffDirectory directory = new TiffDirectory(in);
      if (directory.bytes() > size) {
        throw bad(file, ImageFormat.TIFF, "its tags have more bytes than the file", null);
      }
      ImageTags tags = directory.tags();
      if (directory.isSmallerVersion()) {
        throw unread(
            file,
            "a camera's raw picture, or another TIFF that begins with a small version of its"
                + " picture");
      }
      if (tags.samples() != null && !tags.samples().isDecoded()) {
        throw unread(
            file,
            "a TIFF of %s of %d bits"
                .formatted(tags.samples().kind().title(), tags.samples().bits()));
      }
      return tags;
    } catch (EOFException e) {
      throw bad(file, ImageFormat.TIFF, "it ends early", e);
    }
  }

  /** A picture of a kind that no decoder of ours knows. */
  private static UserException unread(Path file, String kind) {
    return new UserException(
        "%s is %s, which is not read".formatted(file, kind), ImageFormat.ADVICE, null);
  }

  /** The same, to be read anywhere. */
  static ImageInputStream random(Path file, byte[] bytes) throws IOException {
    return bytes == null ? new FileImageInputStream(file.toFile()) : new ImageBytes(bytes);
  }

  private static InputStream stream(Path file, byte[] bytes) throws IOException {
    return bytes == null
        ? new BufferedInputStream(Files.newInputStream(file))
        : new ByteArrayInputStream(bytes);
  }

  private static ImageFormat format(Path file, byte[] head) {
    if (head.length == 0) {
      throw new UserException(file + " is not a picture: it is empty", ImageFormat.ADVICE, null);
    }
    return ImageFormat.of(head)
        .orElseThrow(
            () ->
                kind(file, head)
                    .map(
                        kind ->
                            kind.isPicture()
                                ? unread(file, kind.title())
                                : kind.insteadOf(file, "a picture", ImageFormat.ADVICE))
                    .orElseGet(
                        () ->
                            new UserException(
                                "%s is not a picture: it begins like no %s"
                                    .formatted(file, ImageFormat.ALL),
                                ImageFormat.ADVICE,
                                null)));
  }

  /** What is known by its first bytes alone where there is no file. */
  private static Optional<FileKind> kind(Path file, byte[] head) {
    return file == SENT ? FileKind.of(head) : FileKind.of(file);
  }

  public ImageFormat format() {
    return format;
  }

  public ImageTags tags() {
    return tags;
  }

  /**
   * Decodes it, as who needs all its pixels.
   *
   * @throws UserException if it is broken, cut short, or too large
   */
  public <T> T decode(Decoding<T> decoding) {
    return decode(decoding, false);
  }

  /**
   * Decodes it, as who takes it strip by strip: it may be larger.
   *
   * @throws UserException if it is broken, cut short, or too large
   */
  public <T> T decodeInStrips(Decoding<T> decoding) {
    return decode(decoding, true);
  }

  private <T> T decode(Decoding<T> decoding, boolean inStrips) {
    T decoded;
    try {
      int height = reader.getHeight(0);
      int width = reader.getWidth(0);
      check(height, width, inStrips ? PictureLimit.STRIPS : whole(), "");
      checkWork(height, width);
      if (inStrips && !isInStrips()) {
        check(height, width, whole(), " of a picture that is decoded all at once");
      }
      decoded = decoding.decode(reader, height, width);
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The decoders answer broken files with exceptions of many kinds.
      throw bad(file, format, DecoderWords.reason(e), e);
    } catch (OutOfMemoryError e) {
      // A decoder makes room for what a header claims: a palette, a tile, a table of tags.
      throw bad(file, format, "it takes more memory than there is", e);
    } catch (StackOverflowError e) {
      throw bad(file, format, "its parts are nested too deep", e);
    } catch (Error e) {
      throw bad(file, format, DecoderWords.reason(e), e);
    }
    checkLoss();
    return decoded;
  }

  /** Refuses it if the decoder has said that pixels are missing. */
  void checkLoss() {
    if (loss != null) {
      throw bad(file, format, loss, null);
    }
  }

  /** Whether it is larger than what is decoded as a whole. */
  public boolean isLarge() {
    return decodeInStrips((same, height, width) -> !whole().holds(height, width));
  }

  /** Whether it comes in strips, of which one is in memory at a time. */
  public boolean comesInStrips() {
    return decodeInStrips(
        (same, height, width) -> isInStrips() && rowsAtOnce(height, width) < height);
  }

  private PictureLimit whole() {
    return format == ImageFormat.JPEG ? PictureLimit.WHOLE_JPEG : PictureLimit.WHOLE;
  }

  /** Whether a strip of it can be decoded with little more than that in memory. */
  private boolean isInStrips() throws IOException {
    return switch (format) {
      case PNG -> !tags.isAtOnce();
      case BMP -> !tags.isAtOnce() && !tags.hasJpegs();
      case JPEG -> !hasScans && !tags.isInks();
      case TIFF -> !hasScans && (!tags.isAtOnce() || tile() <= STRIP);
      case GIF, WEBP -> false;
    };
  }

  private long tile() throws IOException {
    return Exact.product((long) reader.getTileHeight(0), reader.getTileWidth(0));
  }

  /** Whether its decoder gives row by row, and would begin anew for each strip. */
  boolean isRowByRow() {
    return (format == ImageFormat.PNG && !tags.isAtOnce())
        || (format == ImageFormat.JPEG && !hasScans);
  }

  /**
   * How many rows are decoded at once, so that memory is bounded: of a TIFF whole tiles. A JPEG of
   * several scans is decoded in one go: all of them would be gone over for each strip.
   */
  int rowsAtOnce(int height, int width) throws IOException {
    if (hasScans) {
      return height;
    }
    int rows = Math.max(1, strip / width);
    int tile = format == ImageFormat.TIFF ? reader.getTileHeight(0) : 1;
    return rows < tile ? rows : rows - rows % tile;
  }

  /** Refuses a size that no picture has, or that is too large to be decoded. */
  public void check(int height, int width) {
    check(height, width, whole(), "");
  }

  private void check(int height, int width, PictureLimit limit, String kind) {
    if (height < 1 || width < 1) {
      throw bad(file, format, "it claims to be %d x %d pixels".formatted(width, height), null);
    }
    limit.require(file, height, width, kind);
  }

  /** Refuses JPEGs that would be decoded for minutes. */
  private void checkWork(int height, int width) throws IOException {
    if (format != ImageFormat.JPEG && !tags.hasJpegs()) {
      return;
    }
    long work;
    try (InputStream content = stream(file, bytes)) {
      long pixels = Exact.product((long) height, width);
      work =
          format == ImageFormat.JPEG
              ? JpegScans.work(content)
              : JpegScans.within(content, pixels, tiles(height, width));
    }
    hasScans = work > Exact.product((long) height, width);
    if (work > MOST_WORK) {
      throw new UserException(
          "%s is a JPEG of too many scans: its %d x %d pixels times these are %,d million, and at most %,d million are decoded"
              .formatted(file, width, height, work / 1_000_000, MOST_WORK / 1_000_000),
          "save it again",
          null);
    }
  }

  private long tiles(int height, int width) throws IOException {
    long high = -Math.floorDiv(-height, reader.getTileHeight(0));
    return Exact.product(high, -Math.floorDiv(-width, reader.getTileWidth(0)));
  }

  private static UserException bad(Path file, ImageFormat format, String reason, Throwable cause) {
    return new UserException(
        "%s is not a complete %s: %s".formatted(file, format.title(), reason),
        ImageFormat.ADVICE,
        cause);
  }

  @Override
  public void close() {
    reader.dispose();
    try {
      in.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
