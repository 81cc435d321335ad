package io.fmviz.dataset.file;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The formats of pictures that can be read, told apart by their first bytes. */
public enum ImageFormat {
  PNG("\u0089PNG\r\n\u001a\n.*"),
  JPEG("\u00ff\u00d8.*"),
  GIF("GIF8[79]a.*"),
  BMP("BM.*"),
  WEBP("RIFF.{4}WEBP.*"),
  // Canon's raw files begin likewise, and say at byte 8 what they are.
  TIFF("(II\\*\0(?!.{4}CR)|MM\0\\*).*");

  /** All of them, for people. */
  static final String ALL = "PNG, JPEG, GIF, BMP, WebP or TIFF";

  /** What to do about a broken one. */
  static final String ADVICE = "save it again as a PNG or JPEG";

  /** The bytes that are enough to tell. */
  static final int HEAD = 12;

  private final Pattern head;

  ImageFormat(String head) {
    this.head = Pattern.compile(head, Pattern.DOTALL);
  }

  /** The format that a file's first bytes are of. */
  static Optional<ImageFormat> of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return Stream.of(values()).filter(f -> f.head.matcher(text).matches()).findFirst();
  }

  /** The JDK's decoder, or for WebP, which it doesn't know, TwelveMonkeys'. */
  ImageReader reader() throws IOException {
    return this == WEBP
        ? new WebPImageReaderSpi().createReaderInstance(null)
        : ImageIO.getImageReadersByFormatName(name()).next();
  }

  /** How many bytes a file says that it has, of a format whose head tells; 0 else. */
  long end(byte[] head) {
    return this == WEBP
        ? 8 + (ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffffffffL)
        : 0;
  }

  /** As it stands in "is not a complete PNG". */
  String title() {
    return this == WEBP ? "WebP" : name();
  }
}
