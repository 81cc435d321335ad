package io.fmviz.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fmviz.bench.Workload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.InflaterInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Compressing the nine pictures of one image: the writer, and its deflate alone. */
public class PngBenchmark {
  /** The pictures, and the filtered rows that the writer makes of each. */
  @State(Scope.Benchmark)
  public static class Pictures {
    private final List<GrayImage> images = new ArrayList<>();
    private final List<byte[]> rows = new ArrayList<>();

    @Setup
    public void draw() throws IOException {
      try (PngWriter writer = new PngWriter()) {
        for (Workload.Maps maps : GridBenchmark.capturedMaps()) {
          GrayImage image = GridBenchmark.draw(maps);
          ByteArrayOutputStream png = new ByteArrayOutputStream();
          writer.write(image, png);
          images.add(image);
          rows.add(inflated(png.toByteArray()));
        }
      }
    }

    private static byte[] inflated(byte[] png) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(png));
      in.skipNBytes(8); // the signature
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      while (in.available() > 0) {
        int length = in.readInt();
        boolean data = new String(in.readNBytes(4), US_ASCII).equals("IDAT");
        byte[] content = in.readNBytes(length);
        in.skipNBytes(4); // the chunk's CRC
        if (data) {
          packed.write(content);
        }
      }
      byte[] stream = packed.toByteArray();
      return new InflaterInputStream(new ByteArrayInputStream(stream)).readAllBytes();
    }
  }

  /** What a thread needs for itself. */
  @State(Scope.Thread)
  public static class Packer {
    private final PngWriter writer = new PngWriter();
    private final Deflater deflater = PngWriter.newDeflater();
    private final byte[] packed = new byte[1 << 15];

    @TearDown
    public void close() {
      writer.close();
      deflater.end();
    }
  }

  @Benchmark
  @OperationsPerInvocation(Workload.IMAGES)
  public void write(Pictures pictures, Packer packer) throws IOException {
    for (GrayImage image : pictures.images) {
      packer.writer.write(image, OutputStream.nullOutputStream());
    }
  }

  @Benchmark
  @OperationsPerInvocation(Workload.IMAGES)
  public long deflate(Pictures pictures, Packer packer) {
    long bytes = 0;
    for (byte[] rows : pictures.rows) {
      packer.deflater.reset();
      packer.deflater.setInput(rows);
      packer.deflater.finish();
      while (!packer.deflater.finished()) {
        bytes += packer.deflater.deflate(packer.packed);
      }
    }
    return bytes;
  }
}
