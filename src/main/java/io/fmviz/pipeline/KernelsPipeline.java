package io.fmviz.pipeline;

import io.fmviz.base.AtomicFile;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.NumpyArchive;
import io.fmviz.checkpoint.NumpyArray;
import io.fmviz.checkpoint.Tensor;
import io.fmviz.forward.Layer;
import io.fmviz.forward.LayerSelection;
import io.fmviz.image.MapsPicture;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.PngWriter;
import io.fmviz.model.LayerTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Draws the kernels of a checkpoint's convolutions, one picture for each, or writes them raw. */
public final class KernelsPipeline {
  private static final int DEFAULT_NROW = 8;

  /** Rows of more kernels are broken; a sheet's width stays within what GridOptions takes. */
  private static final int MAX_NROW = 4096;

  private static final String TITLE = "rows: output channels, columns: input channels, from 0";

  private final KernelsRequest request;
  private final OutputFolder out;
  private final PngWriter png;
  private final Map<String, Tensor> archive = new LinkedHashMap<>();

  private KernelsPipeline(KernelsRequest request, OutputFolder out, PngWriter png) {
    this.request = request;
    this.out = out;
    this.png = png;
  }

  public static KernelsResult run(KernelsRequest request, Progress progress) {
    long start = System.nanoTime();
    Checkpoint checkpoint = request.checkpoint().read();
    List<Layer> layers = layers(checkpoint, request.layers());
    Set<String> files = new LinkedHashSet<>();
    layers.forEach(layer -> files.addAll(files(layer, request.formats())));
    Provenance provenance = new Provenance("kernels", checkpoint, null, null, request.options());
    try (OutputFolder out = new OutputFolder(request.out());
        PngWriter png = new PngWriter()) {
      out.prepare(provenance.planned(List.copyOf(files)), request.force());
      KernelsPipeline pipeline = new KernelsPipeline(request, out, png);
      List<KernelsResult.Picture> pictures = new ArrayList<>();
      for (Layer layer : layers) {
        pictures.add(pipeline.write(layer, checkpoint.tensors().get(layer.path() + ".weight")));
      }
      pipeline.writeArchive();
      out.write(provenance.complete(List.copyOf(files), pictures));
      progress.result(
          "the kernels of %s in %s"
              .formatted(Text.count(layers.size(), "convolution"), request.out()));
      return new KernelsResult(
          checkpoint.file().toString(),
          pictures,
          request.out().toString(),
          out.manifest().toString(),
          (System.nanoTime() - start) / 1e9);
    }
  }

  private static List<String> files(Layer layer, Set<MapsFormat> formats) {
    return formats.stream().map(format -> file(layer, format)).toList();
  }

  /** {@code Conv2d_1.png}, {@code kernels.npz}. */
  private static String file(Layer layer, MapsFormat format) {
    return (format == MapsFormat.NPZ ? "kernels" : layer.name()) + "." + format;
  }

  /** The layers under PyTorch's names, so that no network has to be built. */
  private static List<Layer> layers(Checkpoint checkpoint, LayerSelection selection) {
    List<Layer> all = new ArrayList<>();
    for (LayerTable.Row row : LayerTable.of(checkpoint.widths(), 28, 28).layers()) {
      int index = Integer.parseInt(row.name().substring(row.type().length() + 1));
      all.add(new Layer(row.type(), index, row.path(), null));
    }
    return MapLayers.convolutions(all, selection);
  }

  private KernelsResult.Picture write(Layer layer, Tensor weight) {
    Tensor kernels = reduced(weight);
    for (MapsFormat format : request.formats()) {
      Path file = out.resolve(file(layer, format));
      switch (format) {
        case PNG -> AtomicFile.write(file, stream -> draw(kernels, stream));
        case NPY -> AtomicFile.write(file, stream -> NumpyArray.write(kernels, stream));
        case NPZ -> archive.put(layer.name(), kernels);
      }
    }
    FeatureMaps facts = new FeatureMaps(layer.name(), weight.shape(), weight.floats());
    return new KernelsResult.Picture(
        files(layer, request.formats()),
        layer.name(),
        weight.shape(),
        facts.minimum(),
        facts.maximum(),
        facts.mean());
  }

  private void writeArchive() {
    if (!archive.isEmpty()) {
      AtomicFile.write(
          out.resolve("kernels." + MapsFormat.NPZ), stream -> NumpyArchive.write(archive, stream));
    }
  }

  /** What is shown of a weight, {@code (out, in, height, width)} or {@code (out, 1, ...)}. */
  private Tensor reduced(Tensor weight) {
    if (request.reduction() == null) {
      return Tensor.of(weight.shape(), weight.floats());
    }
    int[] shape = ints(weight.shape());
    float[] values =
        request.reduction().apply(weight.floats(), shape[0], shape[1], shape[2] * shape[3]);
    return Tensor.of(new long[] {shape[0], 1, shape[2], shape[3]}, values);
  }

  private void draw(Tensor kernels, OutputStream stream) throws IOException {
    int[] shape = ints(kernels.shape());
    float[] values = kernels.floats();
    PictureOptions pictures = request.pictures();
    if (shape[1] > 1 && pictures.label()) {
      png.write(
          MapsPicture.matrix(values, shape[0], shape[1], shape[2], shape[3], pictures, TITLE),
          stream);
    } else {
      MapsPicture.write(
          values, shape[0] * shape[1], shape[2], shape[3], options(shape[1]), png, stream);
    }
  }

  private static int[] ints(long[] shape) {
    return LongStream.of(shape).mapToInt(Math::toIntExact).toArray();
  }

  private PictureOptions options(int inputs) {
    int row = inputs > 1 ? Math.min(inputs, MAX_NROW) : DEFAULT_NROW;
    return request.pictures().withNrow(request.nrow() == null ? row : request.nrow());
  }
}
