package io.fmviz.pipeline;

import io.fmviz.base.AtomicFile;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.Tensor;
import io.fmviz.forward.Layer;
import io.fmviz.forward.LayerSelection;
import io.fmviz.image.MapsPicture;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.PngWriter;
import io.fmviz.model.LayerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Draws the kernels of a checkpoint's convolutions: one picture for each. */
public final class KernelsPipeline {
  private static final LayerSelection DEFAULT = new LayerSelection(List.of("Conv2d"));
  private static final int DEFAULT_NROW = 8;

  /** Rows of more kernels are broken; a sheet's width stays within what GridOptions takes. */
  private static final int MAX_NROW = 4096;

  private static final String TITLE = "rows: output channels, columns: input channels, from 0";

  private final KernelsRequest request;
  private final OutputFolder out;
  private final PngWriter png;

  private KernelsPipeline(KernelsRequest request, OutputFolder out, PngWriter png) {
    this.request = request;
    this.out = out;
    this.png = png;
  }

  public static KernelsResult run(KernelsRequest request, Progress progress) {
    long start = System.nanoTime();
    Checkpoint checkpoint = request.checkpoint().read();
    List<Layer> layers = layers(checkpoint, request.layers());
    List<String> files = layers.stream().map(layer -> layer.name() + ".png").toList();
    Provenance provenance = new Provenance("kernels", checkpoint, null, null, request.options());
    try (OutputFolder out = new OutputFolder(request.out());
        PngWriter png = new PngWriter()) {
      out.prepare(provenance.planned(files), request.force());
      KernelsPipeline pipeline = new KernelsPipeline(request, out, png);
      List<KernelsResult.Picture> pictures = new ArrayList<>();
      for (Layer layer : layers) {
        pictures.add(pipeline.draw(layer, checkpoint.tensors().get(layer.path() + ".weight")));
      }
      out.write(provenance.complete(files, pictures));
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

  /** The layers under PyTorch's names, so that no network has to be built. */
  private static List<Layer> layers(Checkpoint checkpoint, LayerSelection selection) {
    List<Layer> all = new ArrayList<>();
    for (LayerTable.Row row : LayerTable.of(checkpoint.widths(), 28, 28).layers()) {
      int index = Integer.parseInt(row.name().substring(row.type().length() + 1));
      all.add(new Layer(row.type(), index, row.path(), null));
    }
    return MapLayers.choose(
        selection == null ? DEFAULT : selection, all, Set.of("Conv2d"), "kernels");
  }

  private KernelsResult.Picture draw(Layer layer, Tensor weight) {
    int[] shape = new int[weight.shape().length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Math.toIntExact(weight.shape()[i]);
    }
    float[] values = weight.floats();
    String file = layer.name() + ".png";
    AtomicFile.write(
        out.resolve(file),
        stream -> {
          int inputs = request.reduction() == null ? shape[1] : 1;
          float[] kernels =
              request.reduction() == null
                  ? values
                  : request.reduction().apply(values, shape[0], shape[1], shape[2] * shape[3]);
          if (inputs > 1 && request.pictures().label()) {
            png.write(
                MapsPicture.matrix(
                    kernels, shape[0], inputs, shape[2], shape[3], request.pictures(), TITLE),
                stream);
          } else {
            MapsPicture.write(
                kernels, shape[0] * inputs, shape[2], shape[3], options(inputs), png, stream);
          }
        });
    FeatureMaps facts = new FeatureMaps(layer.name(), weight.shape(), values);
    return new KernelsResult.Picture(
        file, layer.name(), weight.shape(), facts.minimum(), facts.maximum(), facts.mean());
  }

  private PictureOptions options(int inputs) {
    int row = inputs > 1 ? Math.min(inputs, MAX_NROW) : DEFAULT_NROW;
    return request.pictures().withNrow(request.nrow() == null ? row : request.nrow());
  }
}
