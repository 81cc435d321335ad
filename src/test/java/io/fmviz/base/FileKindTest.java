package io.fmviz.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One character is one byte. */
class FileKindTest {
  private static Optional<FileKind> of(String head) {
    return FileKind.of(head.getBytes(ISO_8859_1));
  }

  static Object[][] files() {
    return new Object[][] {
      {FileKind.GIT_LFS, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n"},
      {FileKind.GIT_ANNEX, "/annex/objects/MD5E-s1--a\n"},
      {FileKind.HTML, "<!DOCTYPE html>\n<html>"},
      {FileKind.HTML, "\u00ef\u00bb\u00bf\r\n <HTML lang=en>"},
      {FileKind.HTML, "<!-- saved -->\n<!doctype html public>"},
      {FileKind.XML, "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>"},
      {FileKind.HDF5, "\u0089HDF\r\n\u001a\n\0\0"},
      {FileKind.ONNX, "\u0008\u0007\u0012\u0007pytorch\u001a\u00052.1.0:\u00a0\u0003"},
      {FileKind.ONNX, "\u0008\u0003:\u0080\u0001\n\u0010............"},
      {FileKind.ONNX, "\u0008\u0008B\u0004\n\0\u0010\u000f.........."},
      {FileKind.TAR, "model.pth" + "\0".repeat(248) + "ustar\0"},
      {FileKind.TAR, "a" + "\0".repeat(256) + "ustar  "},
      {FileKind.ZIP, "PK\u0003\u0004"},
      {FileKind.GZIP, "\u001f\u008b\u0008\0"},
      {FileKind.BZIP2, "BZh91AY&SY..."},
      {FileKind.XZ, "\u00fd7zXZ\0"},
      {FileKind.SEVEN_ZIP, "7z\u00bc\u00af'\u001c"},
      {FileKind.RAR, "Rar!\u001a\u0007\u0001\0"},
      {FileKind.NPY, "\u0093NUMPY\u0001\0"},
      {FileKind.PNG, "\u0089PNG\r\n\u001a\n"},
      {FileKind.JPEG, "\u00ff\u00d8\u00ff\u00e0"},
      {FileKind.WEBP, "RIFF....WEBPVP8 "},
      {FileKind.HEIC, "\0\0\0\u0018ftypheic"},
      {FileKind.HEIC, "\0\0\0\u0018ftypmif1\0\0\0\0mif1heic"},
      {FileKind.AVIF, "\0\0\0\u0018ftypavif"},
      {FileKind.AVIF, "\0\0\0\u0018ftypmif1\0\0\0\0mif1avifmiaf"},
      {FileKind.JPEG_XL, "\u00ff\n\u00fa"},
      {FileKind.JPEG_XL, "\0\0\0\fJXL \r\n\u0087\n"},
      {FileKind.JPEG_2000, "\0\0\0\fjP  \r\n\u0087\n"},
      {FileKind.JPEG_2000, "\u00ffO\u00ffQ"},
      {FileKind.JPEG_XR, "II\u00bc\u0001"},
      {FileKind.NETPBM, "P5\n# a comment\n28 28\n255\n"},
      {FileKind.NETPBM, "P7\nWIDTH 2\n"},
      {FileKind.NETPBM, "Pf\n2 2\n-1.0\n"},
      {FileKind.PSD, "8BPS\0\1"},
      {FileKind.EXR, "v/1\u0001"},
      {FileKind.HDR, "#?RADIANCE\nFORMAT=32-bit_rle_rgbe"},
      {FileKind.DICOM, "\0".repeat(128) + "DICM"},
      {FileKind.FITS, "SIMPLE  =                    T"},
      {FileKind.QOI, "qoif\0\0"},
      {FileKind.DDS, "DDS |\0\0\0"},
      {FileKind.BIG_TIFF, "MM\0+\0\b"},
      {FileKind.CAMERA_RAW, "II*\0\u0010\0\0\0CR\2\0"},
      {FileKind.CAMERA_RAW, "\0\0\0\u0018ftypcrx "},
      {FileKind.SVG, "<?xml version=\"1.0\"?>\n<!-- drawn -->\n<svg width=\"2\">"},
      {FileKind.PDF, "%PDF-1.7"},
      {FileKind.APPLE_DOUBLE, "\0\u0005\u0016\u0007\0\u0002\0\0Mac OS X"},
    };
  }

  @ParameterizedTest
  @MethodSource("files")
  void knowsAFileByItsFirstBytes(FileKind kind, String head) {
    assertThat(of(head)).contains(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PK",
        "a text that tells of <html>",
        "<htmlish>",
        "version https://example.org",
        // The magic numbers of IDX files, and headers of safetensors.
        "\0\0\u0008\u0003\0\0'\u0010",
        "\u0008\u0007\0\0\0\0\0\0{\"net.0.weight\":{",
        "\u0008\u0007\u0012\0\0\0\0\0{\"net.0.weight\":{",
        // Protobuf of other kinds.
        "\u0008\u0007\u0012\u0007pytorc\0\u001a\u00052.1.0:\u00a0\u0003",
        "\u0008\u0007\u0012\u00ffpytorch\u001a\u00052.1.0:\u00a0\u0003",
        "\u0008\u0007\u0012\u0007pytorch\u001b\u00052.1.0:\u00a0\u0003",
        "\u0008\u0096\u0001\u0012\u0007testing..........",
        "\u0008\u0007\u001a\u0007testing..........",
        "\u0008\u0003:\u00ff\u00ff\u00ff\u00ff\u00ff\n..........",
        "\u0008\u0007",
        "ustar",
        "P5 is a format",
        "SIMPLE"
      })
  void saysNothingOfOthers(String head) {
    assertThat(of(head)).isEmpty();
  }

  @Test
  void looksAtTheFirst512BytesOfAStream() throws IOException {
    byte[] read = {1, 2};
    byte[] head = FileKind.head(read, new ByteArrayInputStream(new byte[] {3}));
    assertThat(head).containsExactly(1, 2, 3);
    assertThat(FileKind.head(read, new ByteArrayInputStream(new byte[1000]))).hasSize(512);
  }

  @Test
  void saysWhatAFileIsAndWhatToDo() {
    Path file = Path.of("x");
    assertThat(FileKind.GIT_LFS.insteadOf(file, "an IDX file", "fetch it again"))
        .hasMessage(
            "x is a Git LFS pointer, not an IDX file; fetch the file that it stands for with git"
                + " lfs pull");
    assertThat(FileKind.HDF5.insteadOf(file, "an IDX file", "fetch it again"))
        .hasMessage("x is an HDF5 file, not an IDX file; fetch it again");
  }

  @Test
  void knowsNothingOfAFileThatCannotBeRead() {
    assertThat(FileKind.of(Path.of("no", "such", "file"))).isEmpty();
  }
}
