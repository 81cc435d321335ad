package io.fmviz.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a file's first bytes say that it is: for the message where something else was expected.
 * Asked only once a reader has found that a file is not its own.
 */
public enum FileKind {
  GIT_LFS(
      "a Git LFS pointer",
      "fetch the file that it stands for with git lfs pull",
      starts("version https://git-lfs.github.com/")),
  GIT_ANNEX(
      "a git-annex pointer",
      "fetch the file that it stands for with git annex get",
      starts("/annex/objects/")),
  HTML(
      "an HTML page",
      "a server sent it in place of the file: download that again",
      matches("(?i)(\u00ef\u00bb\u00bf)?\\s*(<!--.*?-->\\s*)?<(!doctype\\s+html|html|head)\\b.*")),
  SVG(
      "an SVG drawing",
      null,
      matches(
          "(\u00ef\u00bb\u00bf)?\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*(<!DOCTYPE\\s+svg.*?>\\s*)?<svg\\b.*")),
  XML(
      "an XML document",
      "a server may have sent it in place of the file: download that again",
      matches("(\u00ef\u00bb\u00bf)?<\\?xml\\s.*")),
  HDF5("an HDF5 file", null, starts("\u0089HDF\r\n\u001a\n")),
  ONNX("an ONNX model", null, OnnxModel::beginsLikeOne),
  TAR(
      "a tar archive",
      "unpack it, and name a file that was in it",
      head -> isAt(257, "ustar", head)),
  ZIP("a zip archive", "unpack it, and name a file that was in it", starts("PK\u0003\u0004")),
  GZIP("a gzip file", "unpack it first", starts("\u001f\u008b\u0008")),
  BZIP2("a bzip2 file", "unpack it first", matches("BZh[1-9]1AY&SY.*")),
  XZ("an xz file", "unpack it first", starts("\u00fd7zXZ\0")),
  SEVEN_ZIP("a 7z archive", "unpack it first", starts("7z\u00bc\u00af'\u001c")),
  RAR("a RAR archive", "unpack it first", starts("Rar!\u001a\u0007")),
  NPY("a NumPy array", null, starts("\u0093NUMPY")),
  PNG("a PNG picture", null, starts("\u0089PNG\r\n\u001a\n")),
  JPEG("a JPEG picture", null, starts("\u00ff\u00d8\u00ff")),
  WEBP("a WebP picture", null, matches("RIFF.{4}WEBP.*")),
  AVIF("an AVIF picture", null, matches(".{4}ftyp(avi[fs]|mi[af]1.{4,20}avif).*")),
  HEIC("a HEIC picture", null, matches(".{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1).*")),
  JPEG_XL("a JPEG XL picture", null, matches("(\u00ff\n|\0\0\0\fJXL \r\n\u0087\n).*")),
  JPEG_2000("a JPEG 2000 picture", null, matches("(\0\0\0\fjP  \r\n\u0087\n|\u00ffO\u00ffQ).*")),
  JPEG_XR("a JPEG XR picture", null, starts("II\u00bc\u0001")),
  NETPBM(
      "a Netpbm picture",
      null,
      matches(
          "(P[1-6]\\s(\\s|#[^\n]*\n)*\\d+\\s|P7\n(#[^\n]*\n)*WIDTH |P[Ff]\n\\d+\\s+\\d+\\s).*")),
  PSD("a Photoshop picture", null, matches("8BPS\0[\1\2].*")),
  EXR("an OpenEXR picture", null, starts("v/1\u0001")),
  HDR("a Radiance picture", null, matches("#\\?(RADIANCE|RGBE)\n.*")),
  DICOM("a DICOM picture", null, head -> isAt(128, "DICM", head)),
  FITS("a FITS picture", null, starts("SIMPLE  = ")),
  QOI("a QOI picture", null, starts("qoif")),
  DDS("a DDS picture", null, starts("DDS |\0\0\0")),
  BIG_TIFF("a BigTIFF picture", null, matches("(II\\+\0|MM\0\\+).*")),
  CAMERA_RAW(
      "a camera's raw picture",
      null,
      matches("(II\\*\0.{4}CR|IIR[OS]|MMOR|IIU\0|FUJIFILMCCD-RAW|.{4}ftypcrx ).*")),
  PDF("a PDF document", null, starts("%PDF-")),
  APPLE_DOUBLE(
      "macOS's metadata of another file",
      "name the file that is called the same without ._",
      starts("\0\u0005\u0016\u0007\0"));

  /** Enough to tell all of them: the mark of tar is at byte 257. */
  private static final int HEAD = 512;

  private static final Set<FileKind> PICTURES =
      EnumSet.of(
          PNG,
          JPEG,
          WEBP,
          SVG,
          AVIF,
          HEIC,
          JPEG_XL,
          JPEG_2000,
          JPEG_XR,
          NETPBM,
          PSD,
          EXR,
          HDR,
          DICOM,
          FITS,
          QOI,
          DDS,
          BIG_TIFF,
          CAMERA_RAW);

  private final String title;
  private final String hint;

  @SuppressWarnings("ImmutableEnumChecker") // functions of their argument alone
  private final Predicate<byte[]> test;

  FileKind(String title, String hint, Predicate<byte[]> test) {
    this.title = title;
    this.hint = hint;
    this.test = test;
  }

  /** Whether it is one of pictures. */
  public boolean isPicture() {
    return PICTURES.contains(this);
  }

  /** As it stands in "x is a HEIC picture". */
  public String title() {
    return title;
  }

  /**
   * The kind of a file.
   *
   * @param head its first bytes; what is behind the first 512 is not looked at
   * @return nothing where it isn't known
   */
  public static Optional<FileKind> of(byte[] head) {
    return Arrays.stream(values()).filter(kind -> kind.test.test(head)).findFirst();
  }

  /** The kind of a file; nothing where it isn't known, or can't be read. */
  public static Optional<FileKind> of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(head(new byte[0], in));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The first bytes of what a stream brings.
   *
   * @param read was read of it before
   */
  public static byte[] head(byte[] read, InputStream in) throws IOException {
    byte[] more = in.readNBytes(Math.max(0, HEAD - read.length));
    byte[] head = Arrays.copyOf(read, read.length + more.length);
    System.arraycopy(more, 0, head, read.length, more.length);
    return head;
  }

  /**
   * Says what a file is.
   *
   * @param expected what it should have been: {@code an IDX file}
   * @param otherwise what to do where this kind has no better advice
   */
  public UserException insteadOf(Path file, String expected, String otherwise) {
    return new UserException(
        "%s is %s, not %s; %s".formatted(file, title, expected, hint == null ? otherwise : hint));
  }

  private static Predicate<byte[]> starts(String mark) {
    return head -> isAt(0, mark, head);
  }

  private static boolean isAt(int offset, String mark, byte[] head) {
    byte[] bytes = mark.getBytes(StandardCharsets.ISO_8859_1);
    int end = offset + bytes.length;
    return head.length >= end && Arrays.equals(head, offset, end, bytes, 0, bytes.length);
  }

  private static Predicate<byte[]> matches(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
    return head ->
        pattern
            .matcher(new String(head, 0, Math.min(HEAD, head.length), StandardCharsets.ISO_8859_1))
            .matches();
  }

  /**
   * An ONNX model is a protobuf message without a mark of its own. It is taken for one where it
   * begins with the format's version and goes on with the producer's name, the graph or the
   * operators' version, as all exporters write it (onnx.proto: ModelProto).
   */
  private static final class OnnxModel {
    private static final int IR_VERSION = 0x08;
    private static final int PRODUCER = 0x12;
    private static final int GRAPH = 0x3a;
    private static final int OPERATORS = 0x42;
    private static final int NEWEST = 0x20;

    static boolean beginsLikeOne(byte[] head) {
      if (head.length < 16 || head[0] != IR_VERSION || head[1] < 1 || head[1] > NEWEST) {
        return false;
      }
      return switch (head[2]) {
        case PRODUCER -> isName(head, 4, head[3]) && isField(head[4 + head[3]]);
        case GRAPH -> isGraph(head, 3);
        case OPERATORS -> head[3] > 0 && head[3] < 64 && (head[4] == 0x0a || head[4] == 0x10);
        default -> false;
      };
    }

    private static boolean isName(byte[] head, int begin, int length) {
      if (length < 1 || begin + length >= head.length) {
        return false;
      }
      for (int i = begin; i < begin + length; i++) {
        if (head[i] < ' ' || head[i] > '~') {
          return false;
        }
      }
      return true;
    }

    /** Any of the message's other fields, as a number and type of protobuf's. */
    private static boolean isField(byte tag) {
      return tag == 0x1a
          || tag == 0x22
          || tag == 0x28
          || tag == 0x32
          || tag == GRAPH
          || tag == OPERATORS;
    }

    /** A length of one to five bytes, then a node or the graph's name. */
    private static boolean isGraph(byte[] head, int at) {
      int end = at;
      while (end < at + 4 && head[end] < 0) {
        end++;
      }
      return head[end] > 0 && (head[end + 1] == 0x0a || head[end + 1] == 0x12);
    }
  }
}
